using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace RefIke.Crypto;

/// <summary>A hash that phase 1 may negotiate (RFC 2409 App. A, RFC 4868). MD5 and SHA-1 are here because the RFC has them.</summary>
public sealed class HashFunction
{
    private readonly Func<byte[], byte[]> compute;

    private HashFunction(string name, int length, Func<byte[], byte[]> compute, Func<byte[], byte[], byte[]> hmac)
        => (Name, Length, this.compute, Hmac) = (name, length, compute, hmac);

    /// <summary>MD5: broken, here because RFC 2409 has it.</summary>
    public static HashFunction Md5 { get; } = new("MD5", 16, MD5.HashData, HMACMD5.HashData);

    /// <summary>SHA-1.</summary>
    public static HashFunction Sha1 { get; } = new("SHA-1", 20, SHA1.HashData, HMACSHA1.HashData);

    /// <summary>
    /// Tiger as first published (its padding starts with 01, that of Tiger2 with 80): 24 octets. Obsolete, with attacks
    /// in theory on all of its rounds; here because RFC 2409 App. A has it.
    /// </summary>
    public static HashFunction Tiger { get; } = new("Tiger", 24, TigerOf, HmacTiger);

    /// <summary>SHA-256.</summary>
    public static HashFunction Sha256 { get; } = new("SHA-256", 32, SHA256.HashData, HMACSHA256.HashData);

    /// <summary>SHA-384.</summary>
    public static HashFunction Sha384 { get; } = new("SHA-384", 48, SHA384.HashData, HMACSHA384.HashData);

    /// <summary>SHA-512.</summary>
    public static HashFunction Sha512 { get; } = new("SHA-512", 64, SHA512.HashData, HMACSHA512.HashData);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Octets of its result.</summary>
    public int Length { get; }

    internal Func<byte[], byte[], byte[]> Hmac { get; }

    /// <summary>The hash of these octets.</summary>
    public byte[] Compute(ReadOnlySpan<byte> data) => compute(data.ToArray());

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static byte[] TigerOf(byte[] data)
    {
        var (digest, result) = (new TigerDigest(), new byte[24]);
        digest.BlockUpdate(data, 0, data.Length);
        digest.DoFinal(result, 0);
        return result;
    }

    private static byte[] HmacTiger(byte[] key, byte[] data)
    {
        var (hmac, result) = (new HMac(new TigerDigest()), new byte[24]);
        hmac.Init(new KeyParameter(key));
        hmac.BlockUpdate(data, 0, data.Length);
        hmac.DoFinal(result, 0);
        return result;
    }
}
