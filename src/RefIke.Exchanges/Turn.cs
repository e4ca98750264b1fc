using RefIke.Exchanges.Machines;
using RefIke.Wire;

namespace RefIke.Exchanges;

/// <summary>What one event did to an exchange: a function's result, nothing else has changed.</summary>
/// <param name="After">The record after the step; the same as before where the event was refused.</param>
/// <param name="Sent">The datagram to send, or null.</param>
/// <param name="Rejection">Why the event was refused, or why the exchange failed; null where all was well.</param>
/// <param name="Taken">The row of the table that was taken; null where none takes the event.</param>
/// <param name="Refusal">A notify that the table's row <c>Refusal</c> asks for; the engine sends it as an Informational exchange.</param>
public sealed record Turn<T>(T After, Octets? Sent, Rejection? Rejection, TraceEntry? Taken, Refusal? Refusal = null)
{
    /// <summary>Nothing happened but a refusal.</summary>
    public static Turn<T> Refused(T before, Rejection why) => new(before, null, why, null);
}

/// <summary>An error notify to be sent to the peer (RFC 2408 §3.14): its type, and protocol and SPI of the negotiation it ends.</summary>
public sealed record Refusal(NotifyType Type, Protocol Protocol, Octets Spi);
