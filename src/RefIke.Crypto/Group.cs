namespace RefIke.Crypto;

/// <summary>A Diffie-Hellman group (RFC 2409 §6 and its successors).</summary>
public abstract class Group
{
    private protected Group(int number, string name, int publicLength, int secretLength, int privateLength)
        => (Number, Name, PublicLength, SecretLength, PrivateLength) = (number, name, publicLength, secretLength, privateLength);

    /// <summary>The Group Description value (RFC 2409 App. A and the IANA registry).</summary>
    public int Number { get; }

    /// <summary>As in a configuration: <c>modp2048</c>, <c>ecp256</c>.</summary>
    public string Name { get; }

    /// <summary>Octets of a KE payload's data.</summary>
    public int PublicLength { get; }

    /// <summary>Octets of g^xy.</summary>
    public int SecretLength { get; }

    /// <summary>Random octets that a private value is made of: at least twice the group's strength.</summary>
    public int PrivateLength { get; }

    /// <summary>What describes it where no number names it (RFC 2409 §4, App. A).</summary>
    public abstract GroupParameters Parameters { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>
    /// x: the exponent, or the scalar of a curve, that <see cref="PrivateLength"/> random octets stand for.
    /// </summary>
    public abstract Secret PrivateValue(Secret octets);

    internal abstract byte[] PublicValue(IModularExponentiation power, Secret x);

    internal abstract PublicValueFault Check(IModularExponentiation power, ReadOnlySpan<byte> publicValue);

    internal abstract Secret SharedSecret(IModularExponentiation power, Secret x, ReadOnlySpan<byte> peer);
}
