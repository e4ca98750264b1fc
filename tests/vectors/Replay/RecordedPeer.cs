using System.Buffers.Binary;
using RefIke.Crypto;
using RefIke.Exchanges;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>
/// Stands in for one side of a foreign exchange whose private values nobody knows: as randomness it gives that side's
/// nonces, as Diffie-Hellman that side's public values and the recorded secrets. Whether a public value is valid is
/// judged for real.
/// </summary>
internal sealed class RecordedPeer : IRandomness, IDiffieHellman
{
    private readonly Dictionary<(string Purpose, uint M_ID), byte[]> nonces = [];
    private readonly Dictionary<uint, (byte[] Own, byte[] Peer, byte[] Secret)> agreements = [];

    public RecordedPeer(VectorFile vector, Role role)
    {
        var p = vector.Phase1;
        Add(0, role == Role.Initiator, p.Ni_b.ToArray(), p.Nr_b.ToArray(), p.g_xi.ToArray(), p.g_xr.ToArray(),
            p.g_xy.ToArray());
        foreach (var q in vector.QuickModes)
        {
            Add(q.M_ID, q.From == role, q.Ni_b.ToArray(), q.Nr_b!.Value.ToArray(), q.g_xi?.ToArray(),
                q.g_xr?.ToArray(), q.g_qm_xy?.ToArray());
        }
    }

    public string Name => "recorded";

    /// <summary>Nonces as recorded; a private value is a mere handle, the message id in its first octets.</summary>
    public byte[] Bytes(string purpose, ExchangeName exchange, int length)
    {
        if (purpose is "xi" or "xr")
        {
            var handle = new byte[length];
            BinaryPrimitives.WriteUInt32BigEndian(handle, exchange.M_ID);
            return handle;
        }

        return nonces[(purpose, exchange.M_ID)];
    }

    public byte[] PublicValue(Group group, Secret x) => agreements[MessageId(x)].Own;

    public PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue)
        => DiffieHellman.Best.Check(group, publicValue);

    public PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy)
    {
        var (_, expected, secret) = agreements[MessageId(x)];
        g_xy = peer.SequenceEqual(expected)
            ? Secret.Of(secret)
            : throw new InvalidOperationException("not the recorded public value");
        return Check(group, peer);
    }

    private static uint MessageId(Secret handle) => BinaryPrimitives.ReadUInt32BigEndian(handle.Reveal());

    private void Add(uint M_ID, bool initiates, byte[] Ni, byte[] Nr, byte[]? g_xi, byte[]? g_xr, byte[]? secret)
    {
        nonces[initiates ? ("Ni", M_ID) : ("Nr", M_ID)] = initiates ? Ni : Nr;
        if (g_xi is not null)
        {
            agreements[M_ID] = initiates ? (g_xi, g_xr!, secret!) : (g_xr!, g_xi, secret!);
        }
    }
}
