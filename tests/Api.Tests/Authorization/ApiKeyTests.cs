using CsCheck;
using OrleansSync.Api.Authorization;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Tests.Authorization;

public sealed class ApiKeyTests
{
    private static readonly Gen<string> _accountIds =
        Gen.String[Gen.Char["abcz019._-"], 1, AccountId.MaxLength].Where(AccountId.IsValid);

    [Fact]
    public void Parse_AnyKeyThatWasMade_GivesItsParts() => _accountIds.Sample(accountId =>
    {
        var made = ApiKey.Create(accountId);

        Assert.True(ApiKey.TryParse(made.Reveal(), out var read));
        Assert.Equal((accountId, made.KeyId), (read.AccountId, read.KeyId));
        Assert.Equal(made.SecretHash, read.SecretHash);
    });

    [Fact]
    public void Parse_AnyText_NeverThrows() => Gen.OneOf(Gen.String, Gen.String.Select(text => "osk_" + text)).Sample(text =>
    {
        if (ApiKey.TryParse(text, out var key))
        {
            Assert.Equal(text, key.Reveal());
        }
    });

    [Theory]
    [InlineData("osk_")]
    [InlineData("osk_acme")]
    [InlineData("osk_acme.0123456789abcdef")]
    [InlineData("osk_.0123456789abcdef.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("osk_Acme.0123456789abcdef.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("osk_acme.0123456789ABCDEF.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("osk_acme.0123456789abcdef.AAAA")]
    [InlineData("OSK_acme.0123456789abcdef.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Parse_NotAKey_IsRefused(string text) => Assert.False(ApiKey.TryParse(text, out _));

    [Fact]
    public void Create_TwoKeys_ShareNothing()
    {
        var (first, second) = (ApiKey.Create("acme"), ApiKey.Create("acme"));

        Assert.NotEqual(first.KeyId, second.KeyId);
        Assert.NotEqual(first.SecretHash, second.SecretHash);
        Assert.Equal(32, first.SecretHash.Length);
    }

    [Fact]
    public void ToString_Key_HidesTheSecret()
    {
        var key = ApiKey.Create("acme");

        Assert.Equal($"osk_acme.{key.KeyId}.•••", key.ToString());
    }
}
