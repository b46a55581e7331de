using System.Runtime.InteropServices;
using System.Text.Json;

namespace OrleansSync.Vendors.Http;

/// <summary>Lets what reads from bytes read an element of a document too.</summary>
public static class JsonElementReader
{
    /// <summary>A reader at the first token of an element, which must outlive it.</summary>
    public static Utf8JsonReader Reader(this JsonElement element)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element));
        reader.Read();
        return reader;
    }
}
