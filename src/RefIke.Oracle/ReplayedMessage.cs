using System.Collections.Immutable;
using RefIke.Oracle.Captures;
using RefIke.Wire;

namespace RefIke.Oracle;

/// <summary>What became of one captured datagram with the secrets of one side.</summary>
/// <param name="Header">Null where the datagram is no ISAKMP message.</param>
/// <param name="Line">Its payloads, with the fragment's number where it is one.</param>
/// <param name="Checks">What was verified: <c>HASH_I</c>, <c>HASH(1)</c>, <c>SIG_R</c>, <c>Ka</c>, …</param>
/// <param name="Fault">What does not verify, or why it cannot be read; null where all is well.</param>
/// <param name="Unverified">What could not be verified for want of a key, and why; null where nothing.</param>
internal sealed record ReplayedMessage(
    CapturedDatagram Datagram, Header? Header, string Line, ImmutableArray<string> Checks, string? Fault,
    string? Unverified)
{
    /// <summary>Whether it was encrypted and could be read.</summary>
    public bool IsOpened { get; init; }

    /// <summary>Octet for octet what came before: a retransmission.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether the side that initiated phase 1 sent it.</summary>
    public bool FromInitiator { get; init; }

    /// <summary>Its payloads as far as they could be read; bodies under a public key as they stand.</summary>
    public ImmutableArray<Payload> Payloads { get; init; } = [];

    /// <summary>The IV that it was decrypted with (RFC 2409 App. B); null where it was not.</summary>
    public Octets? Iv { get; init; }

    /// <summary>
    /// Its last ciphertext block, the next IV of its exchange; null where it is clear or was not read.
    /// </summary>
    public Octets? NextIv { get; init; }

    /// <summary>Where it stands in the capture; of a message in fragments the last of them.</summary>
    public int Frame => Datagram.Frame;

    /// <summary>The error that it tells (RFC 2408 §3.14.1); null where it tells none.</summary>
    public NotifyType? Error
    {
        get
        {
            var errors = Notifies.Where(n => (int)n is > 0 and < 8192).ToArray();
            return errors.Length > 0 ? errors[0] : null;
        }
    }

    /// <summary>The SKEYID of its ISAKMP SA, as far as the log has one.</summary>
    public Octets? SKEYID { get; init; }

    /// <summary>What it notifies.</summary>
    public ImmutableArray<NotifyType> Notifies { get; init; } = [];

    /// <summary>The HASH or SIG that was verified in it; null where it carries none.</summary>
    public string? Proof => Checks.FirstOrDefault(c => c.StartsWith("HASH", StringComparison.Ordinal)
        || c.StartsWith("SIG", StringComparison.Ordinal));
}
