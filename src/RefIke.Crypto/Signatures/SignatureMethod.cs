using System.Diagnostics.CodeAnalysis;
using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Signatures;

/// <summary>
/// How SIG_I and SIG_R are made of HASH_I and HASH_R (RFC 2409 §5.1, RFC 4754). The same inputs always give the same
/// octets.
/// </summary>
public abstract class SignatureMethod
{
    /// <summary>Called by each method, and by a seeded fault that stands in for one.</summary>
    protected SignatureMethod(string name, HashFunction? hash) => (Name, Hash) = (name, hash);

    /// <summary>RSA signatures, method 3 (RFC 2409 §5.1).</summary>
    public static SignatureMethod Rsa { get; } = new RsaSignature();

    /// <summary>DSS signatures, method 2 (RFC 2409 §5.1).</summary>
    public static SignatureMethod Dss { get; } = new DssSignature();

    /// <summary>ECDSA-256, method 9 (RFC 4754 §4).</summary>
    public static SignatureMethod EcdsaP256 { get; } = new EcdsaSignature(EcCurve.P256);

    /// <summary>ECDSA-384, method 10 (RFC 4754 §4).</summary>
    public static SignatureMethod EcdsaP384 { get; } = new EcdsaSignature(EcCurve.P384);

    /// <summary>ECDSA-521, method 11 (RFC 4754 §4).</summary>
    public static SignatureMethod EcdsaP521 { get; } = new EcdsaSignature(EcCurve.P521);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The hash to which the method is tied; null where the negotiated one is used (RFC 2409 §5.1).</summary>
    public HashFunction? Hash { get; }

    /// <summary>
    /// The method of an Authentication Method value of RFC 2409 App. A; the generic ECDSA of value 8 is refused
    /// (D-102). Values of hybrid authentication and XAUTH are their drafts' business: whoever speaks them asks for the
    /// method that they stand for.
    /// </summary>
    public static bool TryGet(int authenticationMethod, [NotNullWhen(true)] out SignatureMethod? method)
    {
        method = authenticationMethod switch
        {
            2 => Dss,
            3 => Rsa,
            9 => EcdsaP256,
            10 => EcdsaP384,
            11 => EcdsaP521,
            _ => null,
        };
        return method is not null;
    }

    /// <summary>
    /// The prf that makes HASH_I and HASH_R of SKEYID for signing: the HMAC of the method's hash, or else the
    /// negotiated prf. SKEYID and all else stay with the negotiated prf (RFC 2409 §5.1; D-100, D-101).
    /// </summary>
    // clause 2409-5.1-07
    public Prf HashPrf(Prf negotiated) => Hash is null ? negotiated : Prf.Of(Hash);

    /// <summary>Whether a key is of the kind that this method signs with.</summary>
    public abstract bool Takes(PublicKey key);

    /// <summary>SIG_I or SIG_R over HASH_I or HASH_R.</summary>
    /// <param name="key">A key that <see cref="Takes"/>; any other is our own mistake and throws.</param>
    /// <param name="HASH">As long as <see cref="HashPrf"/> makes it.</param>
    public abstract byte[] Sign(PrivateKey key, ReadOnlySpan<byte> HASH);

    /// <summary>Null where SIG is this key's signature over HASH, else what is wrong with it. No SIG throws.</summary>
    public abstract CryptoFault? Verify(PublicKey key, ReadOnlySpan<byte> HASH, ReadOnlySpan<byte> SIG);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected ArgumentException CannotSign(PrivateKey key)
        => new($"{Name} does not sign with {key}", nameof(key));

    /// <summary>The HASH as octets, of the one length that a method tied to a hash can have.</summary>
    private protected static byte[] Digest(ReadOnlySpan<byte> HASH, HashFunction tied) => HASH.Length == tied.Length
        ? HASH.ToArray()
        : throw new ArgumentException($"a HASH of {HASH.Length} octets where {tied} makes {tied.Length}", nameof(HASH));
}
