namespace RefIke.Wire;

/// <summary>What is wrong with a datagram, as a value.</summary>
/// <param name="Defect">The rule that is broken.</param>
/// <param name="Payload">The payload it is in; <see cref="PayloadType.None"/> for the header.</param>
/// <param name="Offset">
/// Where the field stands, in octets from the start of the datagram; where the octets end before the field, that end.
/// </param>
/// <param name="Reason">One sentence for people.</param>
public sealed record Malformed(Defect Defect, PayloadType Payload, int Offset, string Reason)
{
    /// <summary>The field's name in RFC 2408 §3.</summary>
    public string Field => Defect.Field;

    /// <summary>The clause broken.</summary>
    public string Clause => Defect.Clause;

    /// <summary>The notify of RFC 2408 §3.14.1.</summary>
    public NotifyType Notify => Defect.Notify;
}
