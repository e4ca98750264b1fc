namespace RefIke.Wire;

/// <summary>
/// A slice of octets, received or made, that compares by value. It does not copy what it is made from.
/// </summary>
public readonly struct Octets : IEquatable<Octets>
{
    /// <summary>A view of these octets.</summary>
    public Octets(ReadOnlyMemory<byte> memory) => Memory = memory;

    /// <summary>None.</summary>
    public static Octets Empty => default;

    /// <summary>The octets.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>The octets.</summary>
    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>How many.</summary>
    public int Length => Memory.Length;

    /// <summary>A view of an array.</summary>
    public static implicit operator Octets(byte[] octets) => new(octets);

    /// <summary>A view of a slice.</summary>
    public static implicit operator Octets(ReadOnlyMemory<byte> octets) => new(octets);

    /// <summary>By value.</summary>
    public static bool operator ==(Octets a, Octets b) => a.Equals(b);

    /// <summary>By value.</summary>
    public static bool operator !=(Octets a, Octets b) => !a.Equals(b);

    /// <summary>From hexadecimal digits.</summary>
    public static Octets FromHex(string hex) => Convert.FromHexString(hex);

    /// <summary>A part, not copied.</summary>
    public Octets Slice(int start, int length) => new(Memory.Slice(start, length));

    /// <summary>A copy.</summary>
    public byte[] ToArray() => Memory.ToArray();

    /// <summary>Lower-case hexadecimal digits.</summary>
    public string ToHex() => Convert.ToHexStringLower(Span);

    /// <inheritdoc/>
    public bool Equals(Octets other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Octets other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => ToHex();
}
