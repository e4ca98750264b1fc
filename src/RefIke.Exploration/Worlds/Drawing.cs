using RefIke.Engine;
using RefIke.Exploration.Scenarios;

namespace RefIke.Exploration.Worlds;

/// <summary>A run drawn as a ladder.</summary>
internal static class Drawing
{
    /// <summary>Of the moves of a run, in order.</summary>
    public static string Of(Moves moves, IEnumerable<Move> made) => LadderLine.Draw(Lines(moves, made));

    /// <summary>Its lines.</summary>
    public static IEnumerable<LadderLine> Lines(Moves moves, IEnumerable<Move> made)
        => made.SelectMany(m => m.Happened).SelectMany(h => Lines(moves, h));

    private static IEnumerable<LadderLine> Lines(Moves moves, Happening happening)
    {
        var at = happening.At;
        yield return happening.Message is { } message
            ? LadderLine.Message(at, moves.Sender(message) ?? Side.C, message.Sent.Datagram, happening.Words)
            : LadderLine.Event(at, happening.Who ?? Side.A, happening.Words);
        foreach (var effect in happening.Step?.Effects.Where(IsShown) ?? [])
        {
            yield return LadderLine.Event(at, happening.Who!.Value, LadderLine.Words(effect));
        }
    }

    private static bool IsShown(Effect effect) => effect is Effect.PairEstablished or Effect.IsakmpEstablished or Effect.PairDeleted
        or Effect.IsakmpDeleted or Effect.ExchangeFailed or Effect.PeerDied or Effect.PeerMoved or Effect.XauthEnded;
}
