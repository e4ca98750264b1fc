using System.Buffers.Binary;

namespace RefIke.Crypto;

/// <summary>
/// The first IVs of phase 1 and of each phase 2 exchange (RFC 2409 App. B): a plain hash, cut to the block (D-17).
/// </summary>
internal static class Iv
{
    public static byte[] Phase1(HashFunction hash, ReadOnlySpan<byte> g_xi, ReadOnlySpan<byte> g_xr, int blockLength)
        => hash.Compute([.. g_xi, .. g_xr])[..blockLength];

    public static byte[] Phase2(HashFunction hash, ReadOnlySpan<byte> lastPhase1Block, uint M_ID, int blockLength)
    {
        Span<byte> id = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(id, M_ID);
        return hash.Compute([.. lastPhase1Block, .. id])[..blockLength];
    }
}
