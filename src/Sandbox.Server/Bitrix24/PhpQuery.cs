using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>Reads and writes query strings and form bodies the way PHP does: <c>FILTER[&gt;ID]=5&amp;select[]=ID</c>.</summary>
internal static class PhpQuery
{
    /// <summary>Reads a query into a tree whose leaves are strings. Lists become objects with the keys 0, 1, ….</summary>
    public static JsonObject Parse(string query)
    {
        var root = new JsonObject();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var separator = pair.IndexOf('=', StringComparison.Ordinal);
            var name = WebUtility.UrlDecode(separator < 0 ? pair : pair[..separator]);
            var value = separator < 0 ? "" : WebUtility.UrlDecode(pair[(separator + 1)..]);
            Put(root, Path(name), value);
        }

        return root;
    }

    /// <summary>Writes name and value pairs as a form body.</summary>
    public static string Format(IEnumerable<(string Name, string Value)> pairs) =>
        string.Join('&', pairs.Select(p => $"{WebUtility.UrlEncode(p.Name)}={WebUtility.UrlEncode(p.Value)}"));

    private static List<string> Path(string name)
    {
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket <= 0)
        {
            return [name];
        }

        var path = new List<string> { name[..bracket] };
        while (bracket >= 0 && bracket < name.Length && name[bracket] == '[')
        {
            var end = name.IndexOf(']', bracket);
            if (end < 0)
            {
                break;
            }

            path.Add(name[(bracket + 1)..end]);
            bracket = end + 1;
        }

        return path;
    }

    private static void Put(JsonObject root, List<string> path, string value)
    {
        var node = root;
        for (var i = 0; i < path.Count - 1; i++)
        {
            var key = KeyIn(node, path[i]);
            if (node[key] is not JsonObject child)
            {
                node[key] = child = [];
            }

            node = child;
        }

        node[KeyIn(node, path[^1])] = value;
    }

    private static string KeyIn(JsonObject node, string key) => key.Length == 0 ? node.Count.ToString(CultureInfo.InvariantCulture) : key;
}
