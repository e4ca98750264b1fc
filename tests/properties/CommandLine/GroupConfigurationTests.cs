using RefIke.Cli;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Properties.Crypto;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>
/// The keys for New Group Mode, several SA payloads, REPLAY-STATUS, Aggressive Mode in clear, and traffic of one port
/// (docs/configuration.md).
/// </summary>
public sealed class GroupConfigurationTests
{
    /// <summary>MODP, ECP and EC2N, told by the keys that are there.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(22)]
    [InlineData(19)]
    [InlineData(0)]
    public void GroupOfEachTypeIsRead(int which)
    {
        var parameters = which == 0 ? Offers.B163 : Offers.Of(which);
        var c = Connection($"new_groups = true\nprivate_group = 33000\n{Table(parameters)}", "private_pfs_group = 33000");
        var group = Assert.Single(c.OwnGroups);
        Assert.Equal(((int?)33000, (int?)33000, (int?)33000), ((int?)group.Number, c.PrivateGroup, c.Children[0].PrivatePfsGroup));
        Assert.NotNull(c.NewGroups);
        Assert.Equal(parameters with { FieldSize = null }, group.Parameters);
    }

    [Fact]
    public void WithoutTheKeysNothingIsOfferedOrTaken()
    {
        var c = Connection("", "");
        Assert.All(c.Suites, suite => Assert.False(suite.DescribesGroup));
        Assert.All(Connection("describe_group = true", "").Suites, suite => Assert.True(suite.DescribesGroup));
        Assert.Equal((null, null, null), (c.NewGroups, c.PrivateGroup, c.Children[0].PrivatePfsGroup));
        Assert.Empty(c.OwnGroups);
        Assert.Equal((1, null), (c.Children[0].Sas, c.Children[0].ReplayDetection));
    }

    [Fact]
    public void SaPayloadsReplayStatusAndPortsAreRead()
    {
        var child = Connection("", """
            sa_payloads = 3
            replay_detection = false
            local = "10.1.0.0/16[tcp/80]"
            remote = "10.2.0.0-10.2.0.9[6]"
            """).Children[0];
        Assert.Equal((3, false), (child.Sas, child.ReplayDetection));
        Assert.Equal((6, 80), (child.Own!.ProtocolId, child.Own.Port));
        Assert.Equal((IdentificationType.Ipv4Range, 6, 0), (child.Peer!.IdType, child.Peer.ProtocolId, child.Peer.Port));
    }

    /// <summary>RFC 2409 §5.1, §5.4: the third message of Aggressive Mode may go in clear, that of Main Mode never.</summary>
    [Fact]
    public void ClearThirdMessageIsForAggressiveMode()
    {
        Assert.True(Connection("mode = \"aggressive\"\nclear_third_message = true", "").ClearThirdMessage);
        Assert.False(Connection("mode = \"aggressive\"", "").ClearThirdMessage);
        var why = Assert.Throws<BadInputException>(() => Connection("clear_third_message = true", "")).Message;
        Assert.Contains("clear_third_message is for aggressive mode", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[connection.group]]\nnumber = 14", "", "number must be a number from 32768 to 65535, not 14")]
    [InlineData("[[connection.group]]\nnumber = 33000\nprime = \"17\"", "", "a is missing")]
    [InlineData("[[connection.group]]\nnumber = 33000\ngenerator = \"2\"", "", "a group has prime and generator; or")]
    [InlineData("[[connection.group]]\nnumber = 33000\ngenerator = \"2\"\nprime = \"xyz\"", "",
        "prime must be a number in hexadecimal digits, not xyz")]
    [InlineData("[[connection.group]]\nnumber = 33000\ngenerator = \"2\"\nprime = \"17\"", "", "no group that may be used: TooSmall")]
    [InlineData("private_group = 14", "", "private_group must be a number from 32768 to 65535, not 14")]
    [InlineData("", "sa_payloads = 9", "sa_payloads must be a number from 1 to 8, not 9")]
    [InlineData("", "local = \"10.1.0.1[gre]\"\nremote = \"10.1.0.2\"", "a protocol is icmp, tcp, udp or a number up to 255, not gre")]
    [InlineData("", "local = \"10.1.0.1[tcp/70000]\"\nremote = \"10.1.0.2\"", "a port is a number up to 65535, not 70000")]
    [InlineData("", "local = \"10.1.0.1[tcp\"\nremote = \"10.1.0.2\"", "with [tcp/80] behind it or not, not 10.1.0.1[tcp")]
    public void MistakeIsNamed(string keys, string childKeys, string why)
        => Assert.Contains(why, Assert.Throws<BadInputException>(() => Connection(keys, childKeys)).Message, StringComparison.Ordinal);

    /// <summary>The table of a group, in this document's words.</summary>
    internal static string Table(GroupParameters parameters) => "[[connection.group]]\nnumber = 33000\n" + parameters switch
    {
        GroupParameters.Modp p => $"prime = \"{p.Prime:x}\"\ngenerator = \"{p.Generator:x}\"\n"
            + (p.Order is { } order ? $"order = \"{order:x}\"\n" : ""),
        GroupParameters.Ecp p => $"prime = \"{p.Prime:x}\"\na = \"{p.A:x}\"\nb = \"{p.B:x}\"\nx = \"{p.X:x}\"\n"
            + $"y = \"{p.Y:x}\"\norder = \"{p.Order!.Value:x}\"\n",
        GroupParameters.Ec2n p => $"polynomial = \"{p.Polynomial:x}\"\na = \"{p.A:x}\"\nb = \"{p.B:x}\"\nx = \"{p.X:x}\"\n"
            + $"y = \"{p.Y!.Value:x}\"\norder = \"{p.Order!.Value:x}\"\n",
        _ => throw new ArgumentException("no such group type", nameof(parameters)),
    };

    private static Connection Connection(string keys, string childKeys)
        => OneConnection.Load(keys, childKeys, esp: "aes256-sha256-modp2048");
}
