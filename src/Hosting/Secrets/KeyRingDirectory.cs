using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OrleansSync.Hosting.Startup;

namespace OrleansSync.Hosting.Secrets;

/// <summary>Keeps the key ring in the data directory, which only one process has.</summary>
internal sealed class KeyRingDirectory(
    DirectoryInfo directory, ILoggerFactory loggerFactory) : FileSystemXmlRepository(directory, loggerFactory), IKeyRingStore
{
    /// <inheritdoc />
    public void Replace(string friendlyName, XElement element)
    {
        var path = Path.Combine(Directory.FullName, friendlyName + ".xml");
        if (!File.Exists(path))
        {
            throw new FileNotFoundException("A key of the key ring is not where Data Protection puts it.", path);
        }

        DataDirectory.WritePrivateFile(path, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), overwrite: true);
    }
}
