namespace RefIke.Engine;

/// <summary>A moment of the driver's clock, in milliseconds from an arbitrary start. It never runs back.</summary>
public readonly record struct Instant(long Milliseconds) : IComparable<Instant>
{
    /// <summary>The start.</summary>
    public static Instant Zero { get; }

    /// <summary>A moment this many milliseconds later.</summary>
    public Instant After(long milliseconds) => new(Milliseconds + milliseconds);

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Milliseconds.CompareTo(other.Milliseconds);

    /// <summary>Earlier.</summary>
    public static bool operator <(Instant a, Instant b) => a.Milliseconds < b.Milliseconds;

    /// <summary>Later.</summary>
    public static bool operator >(Instant a, Instant b) => a.Milliseconds > b.Milliseconds;

    /// <summary>Not later.</summary>
    public static bool operator <=(Instant a, Instant b) => a.Milliseconds <= b.Milliseconds;

    /// <summary>Not earlier.</summary>
    public static bool operator >=(Instant a, Instant b) => a.Milliseconds >= b.Milliseconds;

    /// <inheritdoc/>
    public override string ToString() => $"{Milliseconds / 1000}.{Milliseconds % 1000:d3}s";
}
