using System.Collections.Immutable;

namespace RefIke.Wire;

/// <summary>A clear ISAKMP message: header and payloads (RFC 2408 §3).</summary>
public sealed record Message(Header Header, ImmutableArray<Payload> Payloads);
