using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exploration.Mutants;
using RefIke.Vectors.Making;
using RefIke.Wire;
using Xunit;
using Xunit.Sdk;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>
/// RefIke's endpoint in one role against the recorded datagrams of the other, with the recorded random octets: it sends
/// the recorded datagrams, octet for octet, and comes to the recorded keys.
/// </summary>
public sealed class EndpointReplayTests
{
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

    /// <summary>Faults in a formula that no vector uses: all vectors have a pre-shared key.</summary>
    private static readonly string[] OfOtherMethods = ["M-60"];

    /// <summary>Seeded faults that sit in a formula of RFC 2409 §5 or App. B.</summary>
    public static TheoryData<string> FormulaFaults
    {
        get
        {
            var setup = Setups.Of(VectorFolder.Exchanges[0].Inputs, Role.Initiator, new NamedRandomness(0, ""));
            return [.. Mutant.All.Where(m => m.Change(setup).Formulas != setup.Formulas).Select(m => m.Id).Except(OfOtherMethods)];
        }
    }

    /// <summary>
    /// The whole exchange: every datagram of this role, the phase 1 keys, KEYMAT and SPIs of every pair.
    /// </summary>
    [Theory]
    [MemberData(nameof(Roles))]
    [Clause("2409-5.4-01")]
    [Clause("2409-5.5-20")]
    [Clause("2409-B-04")]
    [Clause("2409-B-06")]
    [Clause("2409-B-09")]
    public void RoleSendsTheRecordedOctetsAndComesToTheRecordedKeys(string name, Role role)
        => new RoleReplay(VectorFolder.Exchange(name), role).RunAndCheck();

    /// <summary>
    /// A replay can fail: with one bit of any recorded peer datagram changed, the role's own no longer come out.
    /// </summary>
    [Theory]
    [MemberData(nameof(Roles))]
    public void AlteredPeerDatagramIsNoticed(string name, Role role)
    {
        var v = VectorFolder.Exchange(name);
        foreach (var m in v.Messages.Where(m => m.From != role))
        {
            var octets = m.Octets.ToArray();
            octets[^1] ^= 1;
            var altered = v with { Messages = v.Messages.Replace(m, m with { Octets = octets }) };
            Assert.ThrowsAny<XunitException>(() => new RoleReplay(altered, role).RunAndCheck());
        }
    }

    /// <summary>The vectors as a judge: whichever formula is broken, some vector does not come out.</summary>
    [Theory]
    [MemberData(nameof(FormulaFaults))]
    public void FaultInAFormulaIsFound(string id)
        => Assert.NotNull(Finding(Mutant.All.Single(m => m.Id == id)));

    /// <summary>What is left out above is rightly left out: a fault in a formula that is not used changes no exchange.</summary>
    [Fact]
    public void FaultInAFormulaOfAnotherMethodChangesNoVector()
        => Assert.All(OfOtherMethods, id => Assert.Null(Finding(Mutant.All.Single(m => m.Id == id))));

    /// <summary>The first vector that does not come out with a fault in one role; null where all do.</summary>
    internal static string? Finding(Mutant fault)
        => Roles.Select(r => r.Data).FirstOrDefault(r => Finds(fault, r.Item1, r.Item2)) is (var name, _) ? name : null;

    private static bool Finds(Mutant fault, string name, Role role)
    {
        try
        {
            new RoleReplay(VectorFolder.Exchange(name), role, fault).RunAndCheck();
            return false;
        }
        catch (XunitException)
        {
            return true;
        }
    }
}
