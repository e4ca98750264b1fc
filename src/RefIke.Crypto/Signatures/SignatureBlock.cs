namespace RefIke.Crypto.Signatures;

/// <summary>
/// The type 1 block of PKCS #1 that an RSA private key is applied to: 00 01 FF … FF 00 data (RFC 8017 §9.2).
/// </summary>
internal static class SignatureBlock
{
    /// <summary>Octets that are not data: 00 01, at least eight FF, 00.</summary>
    private const int Overhead = 11;

    /// <summary>The block of so many octets with these data at its end.</summary>
    public static byte[] Of(ReadOnlySpan<byte> data, int length)
    {
        if (data.Length > length - Overhead)
        {
            throw new ArgumentException($"{data.Length} octets do not fit into a block of {length}", nameof(data));
        }

        var block = new byte[length];
        block[1] = 1;
        block.AsSpan(2, length - data.Length - 3).Fill(0xff);
        data.CopyTo(block.AsSpan(length - data.Length));
        return block;
    }

    /// <summary>The data of a block, or null where it is no type 1 block.</summary>
    public static ReadOnlyMemory<byte>? Open(byte[] block)
    {
        var padding = block.AsSpan(2).IndexOfAnyExcept((byte)0xff);
        var isWhole = block[0] == 0 && block[1] == 1 && padding >= Overhead - 3 && block[2 + padding] == 0;
        return isWhole ? new ReadOnlyMemory<byte>?(block.AsMemory(3 + padding)) : null;
    }
}
