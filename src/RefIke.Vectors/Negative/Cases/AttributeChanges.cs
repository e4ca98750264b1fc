using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>What can be done to an attribute of an offer, of phase 1 or of Quick Mode.</summary>
internal static class AttributeChanges
{
    /// <summary>Not there, twice, in the long form.</summary>
    public static IEnumerable<SaChange> Broken(ushort type, string name)
    {
        yield return new($"without-{name}", $"The transform has no {name}.", s =>
            s.Each(t => t with { Attributes = [.. t.Attributes.Where(a => a.Type != type)] }));
        yield return new($"twice-{name}", $"The transform has {name} twice.", s =>
            s.Each(t => t with { Attributes = [.. t.Attributes, t.Attributes.First(a => a.Type == type)] }));
        yield return new($"long-{name}", $"{name} is in the long form.", s =>
            s.Set(type, a => DataAttribute.Variable(a.Type, a.Value)));
    }

    /// <summary>Values that no registry has.</summary>
    public static IEnumerable<SaChange> Unknown(ushort type, string name)
        => new ushort[] { 0, 99, 65535 }.Select(value => Value(type, name, value, $"{value}"));

    /// <summary>Another value.</summary>
    public static SaChange Value(ushort type, string name, ushort value, string words)
        => new($"{name}-{value}", $"{name} is {words}.", s => s.Set(type, a => DataAttribute.Basic(a.Type, value)));

    /// <summary>Lives that are none.</summary>
    public static IEnumerable<SaChange> Lives(ushort type, ushort duration)
    {
        yield return new("life-type-0", "The life type is 0.", s => s.Set(type, a => DataAttribute.Basic(a.Type, 0)));
        yield return new("life-type-3", "The life type is 3.", s => s.Set(type, a => DataAttribute.Basic(a.Type, 3)));
        yield return new("life-zero", "The life is zero.", s => s.Set(duration, a => DataAttribute.Basic(a.Type, 0)));
        yield return new("life-without-type", "A life duration has no life type before it.", s =>
            s.Each(t => t with { Attributes = [.. t.Attributes.Where(a => a.Type != type)] }));
        yield return new("life-twice", "There are two different lives in seconds.", s => s.Each(t => t with
        {
            Attributes = [.. t.Attributes, DataAttribute.Basic(type, 1), DataAttribute.Basic(duration, 77)],
        }));
    }
}
