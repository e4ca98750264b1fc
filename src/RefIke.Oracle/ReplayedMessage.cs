using System.Collections.Immutable;
using RefIke.Oracle.Captures;
using RefIke.Wire;

namespace RefIke.Oracle;

/// <summary>What became of one captured datagram.</summary>
/// <param name="Line">Its payloads, with the fragment's number where it is one.</param>
/// <param name="Checks">What was verified: <c>HASH_I</c>, <c>HASH(1)</c>, <c>SIG_R</c>, <c>Ka</c>, …</param>
/// <param name="Fault">What does not verify, or why it cannot be read; null where all is well.</param>
/// <param name="Unverified">What could not be verified for want of a key, and why; null where nothing.</param>
internal sealed record ReplayedMessage(
    CapturedDatagram Datagram, Header? Header, string Line, ImmutableArray<string> Checks, string? Fault,
    string? Unverified);
