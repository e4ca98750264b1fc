using RefIke.Wire;

namespace RefIke.Properties.Wire.Refused;

/// <summary>A datagram that is not well-formed, and what the reader has to say of it.</summary>
internal sealed record MalformedRow(
    string Words, byte[] Datagram, Defect Defect, PayloadType Payload, string Field, int Offset, string Clause,
    NotifyType Notify);
