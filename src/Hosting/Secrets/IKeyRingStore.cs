using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace OrleansSync.Hosting.Secrets;

/// <summary>Where the key ring rests. Unlike Data Protection's own contract it can replace an element, which sealing anew needs.</summary>
internal interface IKeyRingStore : IXmlRepository
{
    /// <summary>Replaces an element, whole or not at all.</summary>
    /// <param name="friendlyName">The name that Data Protection gave it.</param>
    /// <param name="element">The new content.</param>
    void Replace(string friendlyName, XElement element);
}
