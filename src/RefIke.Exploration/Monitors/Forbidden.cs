using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>S-39: what RFC 2408 §5 tells to refuse is refused, whoever says it and with whatever keys.</summary>
internal static class Forbidden
{
    private const string Failed = "Failed";

    /// <summary>Whose tables say what is read and told, and nothing of SAs.</summary>
    private const string Informational = "Informational";

    /// <summary>Where such a message moves a machine on, is answered in its own exchange, or makes or ends an SA.</summary>
    public static Fault? Of(Taken step)
        => step.Breaks is { } what && step.Effects.FirstOrDefault(Takes) is { } taken
            ? new Fault("S-39", $"a message was taken that must be refused: {what}; {(taken is Effect.Traced row ? $"{row.Entry}" : taken.GetType().Name)}") : null;

    private static bool Takes(Effect effect) => effect switch
    {
        Effect.Traced { Entry: var row } => row.Next != row.State && row.Next != Failed && row.Exchange != Informational,
        Effect.IsakmpEstablished or Effect.PairEstablished or Effect.PairDeleted or Effect.IsakmpDeleted => true,
        Effect.Send { IsResend: false } send => Header.TryRead(send.Datagram.Span, out var header, out _) && header.ExchangeType != ExchangeType.Informational,
        _ => false,
    };
}
