using FsCheck;
using FsCheck.Fluent;
using RefIke.Wire;

namespace RefIke.Properties.Wire.Generators;

/// <summary>A well-formed message and what happened to its datagram.</summary>
public sealed record Altered(Message Message, IReadOnlyList<Alteration> Alterations)
{
    public static Gen<Altered> One =>
        from message in MessageGen.Clear
        from count in Gen.Choose(1, 5)
        from alterations in Alteration.One.ArrayOf(count)
        select new Altered(message, alterations);

    /// <summary>The datagram as it arrives.</summary>
    public byte[] Datagram
        => Alterations.Aggregate(MessageWriter.Write(Message.Header, Message.Payloads), (d, a) => a.Apply(d));

    public IEnumerable<Altered> Simpler()
    {
        var fewer = Alterations.Count > 1
            ? Enumerable.Range(0, Alterations.Count)
                .Select(i => this with { Alterations = [.. Alterations.Where((_, j) => j != i)] })
            : [];
        return [.. fewer, .. Generators.Simpler.Than(Message).Select(m => this with { Message = m })];
    }

    public override string ToString()
        => $"{Message}\n  {string.Join("\n  ", Alterations)}\n  {Convert.ToHexStringLower(Datagram)}";
}
