using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace OrleansSync.Hosting.Secrets;

/// <summary>Where the key ring rests. Unlike Data Protection's own contract it can replace an element, which sealing anew needs.</summary>
internal interface IKeyRingStore : IXmlRepository
{
    /// <summary>Replaces an element, whole or not at all.</summary>
    void Replace(string friendlyName, XElement element);
}
