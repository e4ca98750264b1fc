using System.Security.Cryptography;

namespace RefIke.Crypto;

/// <summary>Key material. It refuses to print itself; who needs the octets says <see cref="Reveal"/>.</summary>
public sealed class Secret : IEquatable<Secret>
{
    private readonly byte[] octets;

    private Secret(byte[] octets) => this.octets = octets;

    /// <summary>How many octets.</summary>
    public int Length => octets.Length;

    /// <summary>A copy of these octets as key material.</summary>
    public static Secret Of(ReadOnlySpan<byte> octets) => new(octets.ToArray());

    /// <summary>The octets themselves.</summary>
    public ReadOnlySpan<byte> Reveal() => octets;

    /// <summary>The first <paramref name="length"/> octets.</summary>
    public Secret Take(int length) => Of(octets.AsSpan(0, length));

    /// <inheritdoc/>
    public bool Equals(Secret? other) => other is not null && ConstantTime.Equal(octets, other.octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(octets);
        return hash.ToHashCode();
    }

    /// <summary>Says how long it is and no more.</summary>
    public override string ToString() => $"[{Length} secret octets]";
}

/// <summary>Comparison whose time does not tell where two values differ.</summary>
public static class ConstantTime
{
    /// <summary>Whether two values are equal; different lengths never are.</summary>
    public static bool Equal(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => CryptographicOperations.FixedTimeEquals(a, b);
}
