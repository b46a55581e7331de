using CsCheck;
using OrleansSync.Api.Parameters;

namespace OrleansSync.Api.Tests.Parameters;

public sealed class PageCursorTests
{
    private static readonly Gen<string> _positions = Gen.String[0, 100].Where(text => !text.Any(char.IsSurrogate));

    [Fact]
    public void Decode_CursorThatWasMade_GivesItsPosition() => Gen.Select(Gen.Char.AlphaNumeric, _positions).Sample((kind, position) =>
    {
        Assert.True(PageCursor.TryDecode(kind, PageCursor.Encode(kind, position), out var read));
        Assert.Equal(position, read);
    });

    [Fact]
    public void Decode_AnyText_IsRefusedWithoutAnException() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char.AlphaNumeric, 0, 600]).Sample(
            text => Assert.False(PageCursor.TryDecode('a', text, out _)));

    [Fact]
    public void Decode_CursorOfAnotherList_IsRefused() =>
        _positions.Sample(position => Assert.False(PageCursor.TryDecode('b', PageCursor.Encode('a', position), out _)));

    [Fact]
    public void Decode_CursorThatWasCut_IsRefused() => Gen.Select(_positions, Gen.Int[1, 5]).Sample((position, cut) =>
    {
        var cursor = PageCursor.Encode('a', position);
        Assert.False(PageCursor.TryDecode('a', cursor[..^Math.Min(cut, cursor.Length)], out _));
    });

    [Fact]
    public void Encode_NoPosition_IsNoCursor() => Assert.Null(PageCursor.Encode('a', null));

    [Fact]
    public void Encode_AnyPosition_NeedsNoEscapingInAnAddress() => _positions.Sample(position =>
    {
        var cursor = PageCursor.Encode('a', position);
        Assert.Equal(cursor, Uri.EscapeDataString(cursor));
    });
}
