using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Worlds;
using RefIke.Vectors.Making;
using RefIke.Vectors.Replay;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>
/// RefIke's endpoint in one role against the recorded datagrams of the other, with the recorded random octets: it sends
/// the recorded datagrams, octet for octet, and comes to the recorded keys.
/// </summary>
public sealed class EndpointReplayTests
{
    /// <summary>All faults replay the same exponentiations.</summary>
    private static readonly MemoisedDiffieHellman Memory = new(DiffieHellman.Best);

    public static TheoryData<string, Role> Roles
    {
        get
        {
            var data = new TheoryData<string, Role>();
            foreach (var v in VectorFolder.Exchanges.Where(v => !v.IsForeign))
            {
                data.Add(v.Name, Role.Initiator);
                data.Add(v.Name, Role.Responder);
            }

            return data;
        }
    }

    /// <summary>Seeded faults that sit in a formula of RFC 2409 §5 or App. B.</summary>
    public static TheoryData<string> FormulaFaults
    {
        get
        {
            var setup = Setups.Of(VectorFolder.Exchanges[0].Inputs, Role.Initiator, new NamedRandomness(0, ""));
            return [.. Mutant.All.Where(m => IsInAFormula(m.Change(setup), setup)).Select(m => m.Id)];
        }
    }

    /// <summary>
    /// The whole exchange: every datagram of this role, the phase 1 keys, KEYMAT and SPIs of every pair.
    /// </summary>
    [Theory]
    [MemberData(nameof(Roles))]
    [Clause("2409-5.1-01")]
    [Clause("2409-5.1-02")]
    [Clause("2409-5.2-01")]
    [Clause("2409-5.3-01")]
    [Clause("2409-5.4-01")]
    [Clause("2409-5.5-20")]
    [Clause("2409-B-04")]
    [Clause("2409-B-06")]
    [Clause("2409-B-09")]
    public void RoleSendsTheRecordedOctetsAndComesToTheRecordedKeys(string name, Role role)
        => Assert.Empty(new RoleReplay(VectorFolder.Exchange(name), role).Run());

    /// <summary>
    /// A replay can fail: with one bit of a recorded peer datagram changed, the role's own no longer come out. Which
    /// datagram is drawn from the name, so that all vectors together try many. Changed is the first body of a clear one,
    /// and the last block of any other: what stands last in a clear one may be free, as vendor ids are.
    /// </summary>
    [Theory]
    [MemberData(nameof(Roles))]
    public void AlteredPeerDatagramIsNoticed(string name, Role role)
    {
        var v = VectorFolder.Exchange(name);
        Datagram[] peers = [.. v.Messages.Where(m => m.From != role)];
        var m = peers[name.Sum(c => c) % peers.Length];
        var octets = m.Octets.ToArray();
        octets[m.Clear is null && m.IsWhole ? Header.Size + 7 : octets.Length - 1] ^= 1;
        var altered = v with { Messages = v.Messages.Replace(m, m with { Octets = octets }) };
        Assert.NotEmpty(new RoleReplay(altered, role).Run());
    }

    /// <summary>The vectors as a judge: whichever formula is broken, some vector does not come out.</summary>
    [Theory]
    [MemberData(nameof(FormulaFaults))]
    public void FaultInAFormulaIsFound(string id)
        => Assert.NotNull(Finding(Mutant.All.Single(m => m.Id == id)));

    /// <summary>The first vector, of all or of one, that does not come out with a fault in one role; null where all do.</summary>
    internal static string? Finding(Mutant fault, string? only = null)
        => Roles.Select(r => r.Data).Where(r => only is null || r.Item1 == only)
            .FirstOrDefault(r => Finds(fault, r.Item1, r.Item2)) is (var name, _) ? name : null;

    private static bool IsInAFormula(EndpointSetup changed, EndpointSetup setup)
        => changed.Formulas != setup.Formulas || changed.RevisedFormulas != setup.RevisedFormulas;

    /// <summary>
    /// Whether the replay does not come out. A fault may make two rows of a table hold at once, which the machine
    /// refuses to choose between: that is noticed too.
    /// </summary>
    private static bool Finds(Mutant fault, string name, Role role)
    {
        try
        {
            return new RoleReplay(
                VectorFolder.Exchange(name), role, setup => fault.Change(setup with { DiffieHellman = Memory }),
                honest => fault.Around(new Step(honest)).Invoke).Run().Length > 0;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
