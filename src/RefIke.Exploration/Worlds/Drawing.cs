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
    {
        foreach (var move in made)
        {
            var now = move.After.Now;
            if (move.Message is { } message)
            {
                yield return LadderLine.Message(now, moves.Sender(message) ?? Side.C, message.Sent.Datagram, move.Words);
            }
            else if (move.Words.Length > 0 && move.Steps.Count > 0)
            {
                yield return LadderLine.Event(now, move.Steps[0].Who, move.Words);
            }

            foreach (var (who, step) in move.Steps)
            {
                foreach (var effect in step.Effects.Where(IsShown))
                {
                    yield return LadderLine.Event(now, who, LadderLine.Words(effect));
                }
            }
        }
    }

    private static bool IsShown(Effect effect) => effect is Effect.PairEstablished or Effect.IsakmpEstablished or Effect.PairDeleted
        or Effect.IsakmpDeleted or Effect.ExchangeFailed or Effect.PeerDied or Effect.PeerMoved or Effect.XauthEnded;
}
