using CsCheck;
using OrleansSync.Api.Parameters;

namespace OrleansSync.Api.Tests.Parameters;

public sealed class PageCursorTests
{
    private static readonly Gen<string> _positions = Gen.String[0, 100].Where(text => !text.Any(char.IsSurrogate));

    [Fact]
    public void Decode_CursorThatWasMade_GivesItsPosition() => Gen.Select(Gen.Char.AlphaNumeric, _positions).Sample((kind, position) =>
        Assert.Equal(position, PageCursor.Decode(kind, PageCursor.Encode(kind, position))));

    [Fact]
    public void Decode_AnyText_IsRefusedWithoutAnException() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char.AlphaNumeric, 0, 600]).Sample(
            text => Assert.Null(PageCursor.Decode('a', text)));

    [Fact]
    public void Decode_CursorOfAnotherList_IsRefused() =>
        _positions.Sample(position => Assert.Null(PageCursor.Decode('b', PageCursor.Encode('a', position))));

    [Fact]
    public void Decode_CursorThatWasCut_IsRefused() => Gen.Select(_positions, Gen.Int[1, 5]).Sample((position, cut) =>
    {
        var cursor = PageCursor.Encode('a', position);
        Assert.Null(PageCursor.Decode('a', cursor[..^Math.Min(cut, cursor.Length)]));
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
