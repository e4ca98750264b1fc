using RefIke.Cli;
using RefIke.Engine;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>The keys of <c>[[connection]]</c> for what is spoken besides RFC 2409 (docs/configuration.md).</summary>
public sealed class ProfileConfigurationTests
{
    /// <summary>Without any key all three are spoken, nobody is asked, nothing forced.</summary>
    [Fact]
    public void DefaultsSpeakAllAndForceNothing()
    {
        var c = Connection("");
        Assert.True(c.NatTraversal);
        Assert.Equal((false, false, 20_000), (c.Nat.Drafts, c.Nat.Force, c.Nat.Keepalive));
        Assert.Null(c.DeadPeer!.Interval);
        Assert.Equal((1232, false), (c.Fragmentation!.Size, c.Fragmentation.Force));
    }

    [Fact]
    public void EachKeyIsRead()
    {
        var c = Connection("""
            nat_traversal = "drafts"
            force_nat = true
            nat_keepalive = "5s"
            dpd = "30s"
            fragmentation = "force"
            fragment_size = 500
            """);
        Assert.Equal((true, true, true, 5_000), (c.NatTraversal, c.Nat.Drafts, c.Nat.Force, c.Nat.Keepalive));
        Assert.Equal(30_000, c.DeadPeer!.Interval);
        Assert.Equal((500, true), (c.Fragmentation!.Size, c.Fragmentation.Force));
    }

    [Fact]
    public void EachProfileCanBeSwitchedOff()
    {
        var c = Connection("nat_traversal = false\ndpd = false\nfragmentation = false\nnat_keepalive = false");
        Assert.Equal((false, null, null, 0), (c.NatTraversal, c.DeadPeer, c.Fragmentation, c.Nat.Keepalive));
        Assert.Empty(c.Profiles.Profiles);
    }

    [Theory]
    [InlineData("nat_traversal = \"yes\"", "nat_traversal must be true, false or \"drafts\"")]
    [InlineData("nat_traversal = false\nforce_nat = true", "force_nat needs nat_traversal")]
    [InlineData("fragmentation = \"yes\"", "fragmentation must be true, false or \"force\"")]
    [InlineData("fragment_size = 50", "fragment_size must be a number from 128 to 65507, not 50")]
    [InlineData("dpd = \"soon\"", "dpd must be a time such as 500ms, 90s, 20m, 8h, not \"soon\"")]
    public void MistakeIsNamed(string keys, string why)
        => Assert.Contains(why, Assert.Throws<BadInputException>(() => Connection(keys)).Message,
            StringComparison.Ordinal);

    /// <summary>RFC 4109 by its name, in its place in the list.</summary>
    [Fact]
    public void PresetStandsForItsSuites()
    {
        var c = Connection("", "\"aes256-sha256-modp2048\", \"rfc4109\"");
        Assert.Equal(
            ["aes256-sha256-modp2048", "aes128-sha1-modp2048", "3des-sha1-modp2048", "aes128-sha1-modp1024",
                "3des-sha1-modp1024"],
            c.Suites.Select(s => s.Name));
    }

    private static Connection Connection(string keys, string phase1 = "\"aes256-sha256-modp2048\"")
        => OneConnection.Load(keys, phase1: phase1);
}
