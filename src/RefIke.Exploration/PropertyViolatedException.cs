namespace RefIke.Exploration;

/// <summary>A property that does not hold in some run; <paramref name="property"/> is its id in <c>spec/properties.md</c>.</summary>
public sealed class PropertyViolatedException(string property, string what) : Exception($"{property}: {what}")
{
    /// <summary>The property's id.</summary>
    public string Property { get; } = property;
}
