using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OrleansSync.Api.Keys;
using OrleansSync.Bitrix24;
using OrleansSync.Bitrix24.OAuth;
using OrleansSync.CallGear;
using OrleansSync.Grains;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Tests.Redaction;

/// <summary>A record prints all its members by itself: one with a secret must say what it prints instead.</summary>
public sealed partial class SecretTypesTests
{
    // By name: what they hold is no secret.
    private static readonly Dictionary<string, string> _harmless = new()
    {
        ["OAuthResponse"] = "shows the mask in place of the tokens",
        ["CallGearResponse"] = "shows the mask in place of the token",
        ["Bitrix24Response"] = "shows the masked address and the mask",
        ["ConnectResponse"] = "names the path of a secret that is missing",
        ["PortalAddress"] = "calls the portal's host and path its key",
    };

    [Fact]
    public void EveryRecord_WithASecretInPlainText_SaysItselfWhatItPrints()
    {
        Assembly[] product =
        [
            typeof(NewKeyResponse).Assembly, typeof(Bitrix24Client).Assembly, typeof(CallGearClient).Assembly,
            typeof(GrainServices).Assembly, typeof(GrainKeys).Assembly, typeof(SettingsReader).Assembly,
        ];
        var holders = product.SelectMany(assembly => assembly.GetTypes()).Where(type => IsRecord(type) && HoldsSecret(type)).ToList();

        var printing = holders.Where(PrintsMembers).Select(type => type.Name).Where(name => !_harmless.ContainsKey(name));

        Assert.Empty(printing);
        Assert.Contains(typeof(NewKeyResponse), holders);
        Assert.Contains(typeof(Bitrix24TokenPair), holders);
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;

    // A record prints its public members only.
    private static bool HoldsSecret(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Any(property =>
            (property.PropertyType == typeof(string) || property.PropertyType == typeof(Uri)) && SecretName().IsMatch(property.Name));

    // The compiler marks what it writes itself.
    private static bool PrintsMembers(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    [GeneratedRegex("(Secret|Token|Password|WebhookUrl|ConnectionString|^Key$)(?!s?Hash|Endpoint|Id)")]
    private static partial Regex SecretName();
}
