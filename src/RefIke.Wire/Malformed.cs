namespace RefIke.Wire;

/// <summary>What is wrong with a datagram, as a value.</summary>
/// <param name="Payload">The payload it is in; <see cref="PayloadType.None"/> for the header.</param>
/// <param name="Field">The field's name in RFC 2408 §3.</param>
/// <param name="Offset">Octets from the start of the datagram.</param>
/// <param name="Clause">The clause broken.</param>
/// <param name="Notify">The notify of RFC 2408 §3.14.1.</param>
/// <param name="Reason">One sentence for people.</param>
public sealed record Malformed(PayloadType Payload, string Field, int Offset, string Clause, NotifyType Notify, string Reason);
