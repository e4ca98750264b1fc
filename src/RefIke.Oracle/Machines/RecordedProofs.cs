using System.Diagnostics.CodeAnalysis;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Crypto.Signatures;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>
/// Signs with the signature that was recorded, as the side's private key is in no capture; where its certificate is
/// there, the signature must be one over RefIke's HASH.
/// </summary>
internal sealed class RecordedSignatures(SideOfSa side) : OwnSignatures
{
    /// <summary>What is wrong with the recorded signature; null where nothing is known to be.</summary>
    public CryptoFault? Fault { get; private set; }

    public override byte[] Sign(SignatureMethod method, PrivateKey? key, ReadOnlySpan<byte> HASH)
    {
        var SIG = side.First<SignaturePayload>(true, 0)
            ?? throw new NotInRecordException("the message with SIG is not in the capture", true);
        if (side.First<CertificatePayload>(true, 0) is { } sent
            && Certificate.TryRead(sent.Data.Memory, out var certificate, out _))
        {
            Fault = method.Verify(certificate.PublicKey, HASH, SIG.Data.Span);
        }

        return SIG.Data.ToArray();
    }
}

/// <summary>
/// Trusts the certificates that a capture has, as whom its peers trusted is not in it. That one names the peer's
/// identity and is valid at the time of the capture is judged for real (RFC 4945 §3.1, §5.1).
/// </summary>
internal sealed class RecordedCertificates : PeerCertificates
{
    public override bool TryFind(
        IdentificationPayload id, ReceivedCertificates received, TrustStore trust, PathPolicy policy, long unixSeconds,
        [NotNullWhen(true)] out CertificatePath? path, [NotNullWhen(false)] out CryptoFault? fault)
        => base.TryFind(
            id, received, trust with { Anchors = received.Certificates }, policy, unixSeconds, out path, out fault);
}
