using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Wire;

namespace RefIke.Vectors;

/// <summary>The names of suites in a vector, and the suites.</summary>
internal static class VectorSuites
{
    public static Phase1Suite Phase1(this Phase1Values p) => SuiteNames.Phase1(p.Suite, p.LifeSeconds, p.Method)
        ?? throw new InvalidDataException($"no such suite: {p.Suite}");

    public static Phase1Suite Phase1(string name, ulong lifeSeconds, AuthenticationMethod method)
        => SuiteNames.Phase1(name, lifeSeconds, method) ?? throw new InvalidDataException($"no such suite: {name}");

    /// <summary>
    /// <c>ah-sha1 + aes128-sha1-modp1024</c>: protocols of one unit, in this order; the group of one is that of all.
    /// </summary>
    public static ProtectionSuite Of(string name, Child child, ulong lifeSeconds)
    {
        ProtocolSuite[] parts = [.. name.Split(" + ").Select(part => One(part, child.LifeSeconds ?? lifeSeconds))];
        var group = parts.Select(p => p.PfsGroup).FirstOrDefault(g => g is not null);
        return new ProtectionSuite([.. parts.Select(p => p with
        {
            PfsGroup = group,
            Mode = child.Mode ?? EncapsulationMode.Tunnel,
            LifeKilobytes = child.LifeKilobytes,
            ExtendedSequenceNumbers = child.ExtendedSequenceNumbers == true && p is not IpcompSuite,
        })]);
    }

    public static Group Group(string name) => GroupList.All.FirstOrDefault(g => g.Name == name)
        ?? throw new InvalidDataException($"no such group: {name}");

    /// <summary>One protocol's suite, in tunnel mode.</summary>
    public static ProtocolSuite One(string name, ulong lifeSeconds) => name.Split('-') switch
    {
        ["ah", ..] => SuiteNames.Ah(name[3..], lifeSeconds),
        ["ipcomp", var transform] when Enum.TryParse<IpcompTransform>(transform, true, out var number)
            => new IpcompSuite(number, null, EncapsulationMode.Tunnel, lifeSeconds),
        _ => (ProtocolSuite?)SuiteNames.Esp(name, lifeSeconds),
    } ?? throw new InvalidDataException($"no such suite: {name}");
}
