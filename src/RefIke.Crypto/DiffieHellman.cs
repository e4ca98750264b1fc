using System.Collections.Concurrent;

namespace RefIke.Crypto;

/// <summary>Diffie-Hellman over any group of RFC 2409 §6 and its successors.</summary>
public interface IDiffieHellman
{
    /// <summary>Which library exponentiates.</summary>
    string Name { get; }

    /// <summary>g^x, as long as the group says (RFC 2409 §5: leading zeros kept).</summary>
    /// <param name="x"><see cref="Group.PrivateLength"/> random octets; the group makes a valid private value of them.</param>
    byte[] PublicValue(Group group, Secret x);

    /// <summary>Whether a peer's public value is one of the group (RFC 6989 §2).</summary>
    PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue);

    /// <summary>
    /// g^xy as long as the group says, zeros in front (D-94), or what is wrong with the peer's value.
    /// </summary>
    PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy);
}

/// <summary>What is wrong with a public value (RFC 6989 §2).</summary>
public enum PublicValueFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Not as long as the group's values are (RFC 2409 §5).</summary>
    WrongLength,

    /// <summary>0, 1, p-1, or not below p.</summary>
    OutOfRange,

    /// <summary>Outside the subgroup of known order.</summary>
    NotInSubgroup,

    /// <summary>Not a point of the curve.</summary>
    NotOnCurve,

    /// <summary>A point of so small an order that the shared secret would be one of a few.</summary>
    SmallOrder,
}

/// <summary>Diffie-Hellman with one library's exponentiation.</summary>
public sealed class DiffieHellman(IModularExponentiation exponentiation) : IDiffieHellman
{
    /// <summary>The one place of the choice: the system's OpenSSL where it loads, else BouncyCastle.</summary>
    public static IModularExponentiation BestExponentiation { get; } =
        (IModularExponentiation?)OpenSslExponentiation.TryLoad() ?? new BouncyCastleExponentiation();

    /// <summary>BouncyCastle, which is everywhere.</summary>
    public static IDiffieHellman BouncyCastle { get; } = new DiffieHellman(new BouncyCastleExponentiation());

    /// <summary>With the faster of the two.</summary>
    public static IDiffieHellman Best { get; } = new DiffieHellman(BestExponentiation);

    /// <inheritdoc/>
    public string Name => exponentiation.Name;

    /// <inheritdoc/>
    public byte[] PublicValue(Group group, Secret x) => group.PublicValue(exponentiation, x);

    /// <inheritdoc/>
    public PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue) => group.Check(exponentiation, publicValue);

    /// <inheritdoc/>
    public PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy)
    {
        var fault = group.Check(exponentiation, peer);
        g_xy = fault == PublicValueFault.None ? group.SharedSecret(exponentiation, x, peer) : null;
        return fault;
    }
}

/// <summary>Remembers results by their inputs, up to a bound: for exploration, where the same values come again and again.</summary>
public sealed class MemoisedDiffieHellman(IDiffieHellman inner, int bound = 100_000) : IDiffieHellman
{
    // By the group itself, not its number: two peers may mean different private groups by one number.
    private readonly ConcurrentDictionary<(Group, Secret), byte[]> values = new();
    private readonly ConcurrentDictionary<(Group, Secret), PublicValueFault> faults = new();
    private readonly ConcurrentDictionary<(Group, Secret, Secret), Secret> secrets = new();

    /// <inheritdoc/>
    public string Name => $"{inner.Name}, memoised";

    /// <inheritdoc/>
    public byte[] PublicValue(Group group, Secret x)
    {
        if (!values.TryGetValue((group, x), out var value))
        {
            value = inner.PublicValue(group, x);
            Keep(values, (group, x), value);
        }

        return value;
    }

    /// <inheritdoc/>
    public PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue)
    {
        var key = (group, Secret.Of(publicValue));
        if (!faults.TryGetValue(key, out var fault))
        {
            fault = inner.Check(group, publicValue);
            Keep(faults, key, fault);
        }

        return fault;
    }

    /// <inheritdoc/>
    public PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy)
    {
        var key = (group, x, Secret.Of(peer));
        if (secrets.TryGetValue(key, out g_xy))
        {
            return PublicValueFault.None;
        }

        var fault = inner.TrySharedSecret(group, x, peer, out g_xy);
        if (g_xy is not null)
        {
            Keep(secrets, key, g_xy);
        }

        return fault;
    }

    private void Keep<TKey, TValue>(ConcurrentDictionary<TKey, TValue> memo, TKey key, TValue value)
        where TKey : notnull
    {
        if (memo.Count >= bound)
        {
            memo.Clear();
        }

        memo[key] = value;
    }
}
