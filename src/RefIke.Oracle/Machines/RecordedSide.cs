using System.Buffers.Binary;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>
/// What one side drew and computed, out of a capture and its log, as nobody knows its private values: for randomness
/// its nonces, for Diffie-Hellman its public values and the logged secrets. Whether the peer's public value is valid is
/// judged for real.
/// </summary>
internal sealed class RecordedSide(SideOfSa side) : IRandomness, IDiffieHellman
{
    public string Name => "recorded";

    /// <summary>A nonce as recorded; a private value is a mere handle, the message id in its first octets.</summary>
    public byte[] Bytes(string purpose, ExchangeName exchange, int length)
    {
        if (purpose is "Ni" or "Nr")
        {
            return Own<NoncePayload>(exchange.M_ID, purpose).Data.ToArray();
        }

        var handle = new byte[length];
        BinaryPrimitives.WriteUInt32BigEndian(handle, exchange.M_ID);
        return handle;
    }

    public byte[] PublicValue(Group group, Secret x) => Own<KeyExchangePayload>(MessageId(x), "KE").Data.ToArray();

    public PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue)
        => DiffieHellman.Best.Check(group, publicValue);

    public PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy)
    {
        g_xy = null;
        var fault = Check(group, peer);
        if (fault == PublicValueFault.None)
        {
            var M_ID = MessageId(x);
            var secret = M_ID == 0 ? side.Sa.SharedSecret : OfQuickMode(M_ID, peer.ToArray());
            g_xy = secret is { } known
                ? Secret.Of(known.Span)
                : throw new NotInRecordException(
                    $"{(M_ID == 0 ? "g^xy" : "g(qm)^xy")} is not in the log");
        }

        return fault;
    }

    private static uint MessageId(Secret handle) => BinaryPrimitives.ReadUInt32BigEndian(handle.Reveal());

    private Octets? OfQuickMode(uint M_ID, Octets peer)
        => side.Log.SharedSecret(Own<KeyExchangePayload>(M_ID, "KE").Data, peer)
            ?? side.Exchange(ExchangeType.QuickMode, M_ID).SelectMany(m => m.Payloads)
                .OfType<SecurityAssociationPayload>().SelectMany(sa => sa.Proposals)
                .Select(p => side.Log.Of(p.Spi)?.g_qm_xy).FirstOrDefault(secret => secret is not null);

    private T Own<T>(uint M_ID, string name)
        where T : Payload
        => side.First<T>(true, M_ID)
            ?? throw new NotInRecordException($"the message with {name} is not in the capture", true);
}

/// <summary>
/// The formulas of RFC 2409, with SKEYID as it was logged where the pre-shared key is not known. All that follows from
/// SKEYID is computed.
/// </summary>
internal sealed class LoggedSkeyid(Octets? logged) : KeySchedule
{
    public override Secret SKEYID_PreSharedKey(
        Prf prf, Secret psk, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b)
        => logged is { } SKEYID ? Secret.Of(SKEYID.Span) : throw new NotInRecordException("SKEYID is not in the log");
}
