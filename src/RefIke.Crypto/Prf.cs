namespace RefIke.Crypto;

/// <summary>
/// The pseudo-random function: HMAC of the negotiated hash (RFC 2409 §4, RFC 2104), with keys of any length (D-103).
/// </summary>
public sealed class Prf
{
    private readonly HashFunction hash;

    private Prf(HashFunction hash) => this.hash = hash;

    /// <summary>HMAC-MD5 (RFC 2202).</summary>
    public static Prf HmacMd5 { get; } = new(HashFunction.Md5);

    /// <summary>HMAC-SHA-1 (RFC 2202).</summary>
    public static Prf HmacSha1 { get; } = new(HashFunction.Sha1);

    /// <summary>HMAC-Tiger (RFC 2409 App. A with RFC 2104; Tiger's block is 64 octets).</summary>
    public static Prf HmacTiger { get; } = new(HashFunction.Tiger);

    /// <summary>HMAC-SHA-256 (RFC 4868).</summary>
    public static Prf HmacSha256 { get; } = new(HashFunction.Sha256);

    /// <summary>HMAC-SHA-384 (RFC 4868).</summary>
    public static Prf HmacSha384 { get; } = new(HashFunction.Sha384);

    /// <summary>HMAC-SHA-512 (RFC 4868).</summary>
    public static Prf HmacSha512 { get; } = new(HashFunction.Sha512);

    /// <summary>Its name.</summary>
    public string Name => $"HMAC-{hash.Name}";

    /// <summary>Octets of its result.</summary>
    public int Length => hash.Length;

    /// <summary>The HMAC of a hash.</summary>
    public static Prf Of(HashFunction hash)
        => hash == HashFunction.Md5 ? HmacMd5
            : hash == HashFunction.Sha1 ? HmacSha1
            : hash == HashFunction.Tiger ? HmacTiger
            : hash == HashFunction.Sha256 ? HmacSha256
            : hash == HashFunction.Sha384 ? HmacSha384
            : HmacSha512;

    /// <summary>prf(key, data).</summary>
    public byte[] Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data) => hash.Hmac(key.ToArray(), data.ToArray());

    /// <inheritdoc/>
    public override string ToString() => Name;
}
