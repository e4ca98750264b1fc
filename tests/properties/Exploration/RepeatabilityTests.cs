using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Mutants;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;
using Side = RefIke.Exploration.Scenarios.Side;

namespace RefIke.Properties.Exploration;

/// <summary>S-32, S-34 and S-37 notice what they are there for, and nothing in an honest run.</summary>
public sealed class RepeatabilityTests
{
    /// <summary>Of group 1 (RFC 2409 §6.1).</summary>
    private const string Prime =
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
        + "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A63A3620FFFFFFFFFFFFFFFF";

    /// <summary>S-32: of states that are looked at again, a step that comes out otherwise the second time is a fault; of an honest one none is.</summary>
    [Theory]
    [InlineData(true, "S-32")]
    [InlineData(false, null)]
    public void StepIsMadeTwice(bool forgets, string? property)
    {
        var calls = 0;
        var variation = new Mutant("M-00", "every second step says nothing", "")
        {
            Around = step => (state, now, input) => step(state, now, input) is var (after, effects) && forgets && ++calls % 2 == 0 ? (after, []) : (after, effects),
        };
        var known = new Known();
        var steps = new LocalSteps(Scenario.All[0], variation, null, known, new());
        var faults = Enumerable.Range(0, 64)
            .Select(n => known.Of(EndpointState.Empty, Ghost.Empty with { Offers = Ghost.Empty.Offers.Add($"{n}", "") }))
            .Select(s => steps.Order(Side.A, s, Instant.Zero, new Input.Connect("t", "c")).Fault?.Property).ToArray();
        Assert.Equal(property, faults.FirstOrDefault(f => f is not null));
        Assert.Contains(null, faults);      // not every state is looked at
    }

    /// <summary>S-34: another offer, or another mode, to the same peer; the same again is none.</summary>
    [Fact]
    public void LaterOfferIsTheFirst()
    {
        var (main, other) = (First("aes128-sha1-modp1024"), First("3des-md5-modp768"));
        var (ghost, fault) = OfPhase1.Downgrade(Ghost.Empty, main);
        Assert.Null(fault);
        Assert.Null(OfPhase1.Downgrade(ghost, main).Item2);
        Assert.Equal("S-34", OfPhase1.Downgrade(ghost, other).Item2?.Property);
        var octets = main.Datagram.ToArray();
        octets[18] = (byte)ExchangeType.Aggressive;
        Assert.Equal("S-34", OfPhase1.Downgrade(ghost, main with { Datagram = octets }).Item2?.Property);
    }

    /// <summary>S-37: 0, 1, p - 1 and p are outside a group (RFC 2409 §5, §6.1).</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(-2, true)]
    [InlineData(-1, false)]
    public void PublicValueIsInsideItsGroup(int value, bool isInside)
    {
        byte[] octets = value >= 0 ? [.. new byte[95], (byte)value] : Less(Convert.FromHexString(Prime), -value);
        Assert.Equal(isInside, PlainModp.IsInside(1, octets));

        static byte[] Less(byte[] prime, int by)
        {
            byte[] less = [.. prime];
            less[^1] -= (byte)by;
            return less;
        }
    }

    private static Effect.Send First(string suite)
    {
        var pair = new Pair(suite);
        pair.Do(pair.A, new Input.Connect("t", "c"));
        return pair.Flying[0];
    }
}
