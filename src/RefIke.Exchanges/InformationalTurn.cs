using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges;

/// <summary>One Informational message's work, on either side.</summary>
public sealed class InformationalTurn
{
    private readonly ExchangeMeans means;
    private readonly Phase1State phase1;
    private readonly uint messageId;
    private readonly ImmutableArray<Payload> payloads;
    private readonly Opened? opened;

    internal InformationalTurn(ExchangeMeans means, Phase1State phase1, uint M_ID, ImmutableArray<Payload> payloads, Opened? opened)
        => (this.means, this.phase1, messageId, this.payloads, this.opened) = (means, phase1, M_ID, payloads, opened);

    /// <summary>What was written.</summary>
    public Octets? Datagram { get; private set; }

    /// <summary>Why the message was refused.</summary>
    public Rejection? Rejection { get; private set; }

    /// <summary>There are no keys yet: only now may an Informational be in clear (RFC 2409 §5.7).</summary>
    public static bool BeforeKeys(InformationalTurn t) => t.phase1.Keys is null;

    /// <summary>There are keys: what comes in clear is not obeyed (D-19, D-214).</summary>
    public static bool KeysExist(InformationalTurn t)
    {
        if (t.phase1.Keys is null)
        {
            return false;
        }

        t.Rejection = new Rejection.WrongProtection(false);
        return true;
    }

    /// <summary>HASH(1) = prf(SKEYID_a, M-ID | N/D) verifies over all that follows it (D-46).</summary>
    [Clause("2409-5.7-01")]
    public static bool HashMatches(InformationalTurn t)
    {
        var expected = t.means.Formulas.HASH_1(
            t.phase1.Suite!.Prf, t.phase1.Keys!.SKEYID_a, t.messageId, t.opened!.AfterHash.Span);
        var right = ConstantTime.Equal(expected, ((HashPayload)t.payloads[0]).Data.Span);
        t.Rejection = right ? null : new Rejection.HashMismatch("HASH(1)");
        return right;
    }

    /// <summary>It does not.</summary>
    public static bool HashDiffers(InformationalTurn t) => !HashMatches(t);

    /// <summary>HDR*, HASH(1), N/D under a fresh IV of its own message id (RFC 2409 App. B).</summary>
    [Clause("2409-B-08")]
    public static void HashAndBody(InformationalTurn t)
    {
        var suite = t.phase1.Suite!;
        var iv = t.means.Formulas.Phase2Iv(suite.Hash, t.phase1.Iv.Span, t.messageId, suite.Cipher.BlockLength);
        var hash = t.means.Formulas.HASH_1(
            suite.Prf, t.phase1.Keys!.SKEYID_a, t.messageId, MessageWriter.WritePayloads(t.payloads));
        t.Datagram = Protection.Seal(t.Header(), [new HashPayload(hash), .. t.payloads], suite.Cipher, t.phase1.Keys.Ka, iv).Datagram;
    }

    /// <summary>HDR, N.</summary>
    public static void ClearBody(InformationalTurn t) => t.Datagram = MessageWriter.Write(t.Header(), t.payloads);

    private Header Header() => Wire.Header.Of(phase1.CKY_I, phase1.CKY_R, ExchangeType.Informational, messageId);
}
