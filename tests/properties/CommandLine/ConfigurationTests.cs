using System.Net;
using RefIke.Cli;
using RefIke.Cli.Configuration;
using RefIke.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>The TOML configuration: what it means, and that a mistake is told with its place.</summary>
public sealed class ConfigurationTests
{
    private const string Good = """
        [endpoint]
        listen = "192.0.2.1"
        port = 1500
        nat_port = 1501
        [retransmission]
        tries = 7
        first = "1500ms"
        [[connection]]
        name = "office"
        remote = "192.0.2.2"
        remote_port = 1600
        local_id = "me@example.net"
        remote_id = "office.example.net"
        psk_hex = "00ff"
        phase1 = ["aes256-sha256-modp2048", "aes128-sha1-ecp256"]
        lifetime = "2h"
        nat_traversal = false
          [[connection.child]]
          name = "net"
          local = "10.1.0.0/16"
          remote = "10.2.0.0/16"
          esp = ["aes128-sha256-ecp384"]
          lifetime = "20m"
        """;

    [Fact]
    public void EveryKeyIsObeyed()
    {
        var setup = Load(Good);
        var connection = Assert.Single(setup.Connections);
        var child = Assert.Single(connection.Children);
        Assert.Equal((IPEndPoint.Parse("192.0.2.1:1500"), IPEndPoint.Parse("192.0.2.1:1501")),
            (setup.Local, setup.NatLocal));
        Assert.Equal((7, 1500), (setup.Timing.Retries, setup.Timing.FirstGap));
        Assert.Equal(("office", IPEndPoint.Parse("192.0.2.2:1600"), false),
            (connection.Name, connection.Remote, connection.NatTraversal));
        Assert.Equal((IdentificationType.UserFqdn, IdentificationType.Fqdn),
            (connection.OwnIdentity.IdType, connection.PeerIdentity.IdType));
        Assert.Equal([0x00, 0xff], connection.PreSharedKey!.Reveal().ToArray());
        Assert.Equal(["aes256-sha256-modp2048", "aes128-sha1-ecp256"], connection.Suites.Select(s => s.Name));
        Assert.All(connection.Suites, s => Assert.Equal(7200ul, s.LifeSeconds));
        Assert.Equal(("net", IdentificationType.Ipv4Subnet, IdentificationType.Ipv4Subnet),
            (child.Name, child.Own!.IdType, child.Peer!.IdType));
        Assert.Equal(("aes128-sha256-ecp384", 1200ul), (child.Suites[0].Name, child.Suites[0].LifeSeconds));
    }

    [Fact]
    public void WhatIsLeftOutHasItsDefault()
    {
        var setup = Load("""
            [endpoint]
            listen = "192.0.2.1"
            [[connection]]
            name = "office"
            remote = "192.0.2.2"
            psk = "secret"
            phase1 = ["aes256-sha256-modp2048"]
              [[connection.child]]
              name = "host"
              esp = ["aes128-sha256"]
            """);
        var connection = Assert.Single(setup.Connections);
        Assert.Equal((500, 4500, 500), (setup.Local.Port, setup.NatLocal.Port, connection.Remote.Port));
        Assert.Equal((new Timing().Retries, new Timing().FirstGap), (setup.Timing.Retries, setup.Timing.FirstGap));
        Assert.Equal(new IdentificationPayload(IdentificationType.Ipv4Address, 0, 0, new byte[] { 192, 0, 2, 1 }),
            connection.OwnIdentity);
        Assert.Equal(new IdentificationPayload(IdentificationType.Ipv4Address, 0, 0, new byte[] { 192, 0, 2, 2 }),
            connection.PeerIdentity);
        Assert.Equal((28800ul, 3600ul, true),
            (connection.Suites[0].LifeSeconds, connection.Children[0].Suites[0].LifeSeconds, connection.NatTraversal));
        Assert.Null(connection.Children[0].Own);
    }

    /// <summary>
    /// What <c>ah</c>, <c>ipcomp</c>, <c>mode</c>, <c>esn</c> and <c>lifetime_kb</c> make of a child's suites: a unit
    /// of each pair of both lists, compressed first.
    /// </summary>
    [Fact]
    public void SeveralProtocolsMakeUnits()
    {
        var setup = Load(Good.Replace("""esp = ["aes128-sha256-ecp384"]""", """
            esp = ["aes128-sha256-ecp384"]
            ah = ["sha256-ecp384", "sha1-ecp384"]
            ipcomp = true
            mode = "transport"
            esn = true
            lifetime_kb = 5000
            """, StringComparison.Ordinal));
        var suites = setup.Connections[0].Children[0].Suites;
        Assert.Equal(
            [
                "ah-sha256-ecp384 + aes128-sha256-ecp384 + ipcomp-deflate",
                "ah-sha1-ecp384 + aes128-sha256-ecp384 + ipcomp-deflate",
                "ah-sha256-ecp384 + aes128-sha256-ecp384",
                "ah-sha1-ecp384 + aes128-sha256-ecp384",
            ],
            suites.Select(s => s.Name));
        Assert.All(suites.SelectMany(s => s.Protocols), p => Assert.Equal(
            (EncapsulationMode.Transport, (ulong?)5000, 1200UL), (p.Mode, p.LifeKilobytes, p.LifeSeconds)));
        Assert.All(suites.SelectMany(s => s.Protocols),
            p => Assert.Equal(p.Protocol != Protocol.Ipcomp, p.ExtendedSequenceNumbers));
        var alone = Load(Good.Replace("esp =", "ah =", StringComparison.Ordinal)
            .Replace("aes128-sha256-ecp384", "sha256", StringComparison.Ordinal));
        Assert.Equal("ah-sha256", alone.Connections[0].Children[0].Suites.Single().Name);
    }

    /// <summary>
    /// One thing of a good configuration is made wrong, and the message has the place and the mistake.
    /// </summary>
    [Theory]
    [InlineData("port = 1500", "port = \"x\"", "[endpoint]: port must be a number from 1 to 65535, not \"x\"")]
    [InlineData("port = 1500", "port = 65536", "[endpoint]: port must be a number from 1 to 65535, not 65536")]
    [InlineData("nat_port = 1501", "nat_port = 1500", "[endpoint]: port and nat_port must differ")]
    [InlineData("listen = \"192.0.2.1\"", "listen = \"here\"", "[endpoint]: listen must be an IP address, not here")]
    [InlineData("listen = \"192.0.2.1\"", "listen = \"0.0.0.0\"", "[endpoint]: listen must be one address")]
    [InlineData("listen = \"192.0.2.1\"", "", "[endpoint]: listen is missing")]
    [InlineData("tries = 7", "tries = 0", "[retransmission]: tries must be a number from 1 to 20, not 0")]
    [InlineData("tries = 7", "trys = 7", "[retransmission]: unknown key trys; known are tries, first")]
    [InlineData("\"1500ms\"", "\"soon\"", "[retransmission]: first must be a time such as 500ms, 90s, 20m, 8h, not \"soon\"")]
    [InlineData("\"2h\"", "\"99999999999h\"", "connection office: lifetime must be a time")]
    [InlineData("\"2h\"", "\"1500ms\"", "connection office: lifetime must be whole seconds")]
    [InlineData("psk_hex = \"00ff\"", "psk_hex = \"0ff\"", "connection office: psk_hex must be an even number")]
    [InlineData("psk_hex = \"00ff\"", "", "connection office: one of psk and psk_hex must be there")]
    [InlineData("\"aes256-sha256-modp2048\"", "\"rot13-sha256-modp2048\"", "connection office: phase1: rot13-sha256-modp2048 is no suite")]
    [InlineData("[\"aes256-sha256-modp2048\", \"aes128-sha1-ecp256\"]", "[]", "connection office: phase1 must be a list of texts")]
    [InlineData("[\"aes256-sha256-modp2048\", \"aes128-sha1-ecp256\"]", "[1]", "connection office: phase1 must be a list of texts")]
    [InlineData("remote = \"192.0.2.2\"", "remote = \"2001:db8::2\"", "connection office: remote 2001:db8::2 and [endpoint] listen 192.0.2.1 are of different families")]
    [InlineData("remote = \"192.0.2.2\"", "remote = \"any\"", "connection office: remote must be an address: in main mode a pre-shared key is found by it")]
    [InlineData("remote = \"192.0.2.2\"", "remote = \"all\"", "connection office: remote must be an IP address or \"any\", not all")]
    [InlineData("psk_hex = \"00ff\"", "psk_hex = \"00ff\"\nmode = \"quick\"", "connection office: mode must be one of main, aggressive, not \"quick\"")]
    [InlineData("psk_hex = \"00ff\"", "psk_hex = \"00ff\"\nauth = \"rsa\"", "connection office: auth must be one of psk, rsa-sig")]
    [InlineData("psk_hex = \"00ff\"", "psk_hex = \"00ff\"\nauth = \"rsa-sig\"", "connection office: psk is of no use with auth = \"rsa-sig\"")]
    [InlineData("psk_hex = \"00ff\"", "psk_hex = \"00ff\"\ntrusted = [\"ca.pem\"]", "connection office: trusted is of no use with auth = \"psk\"")]
    [InlineData("psk_hex = \"00ff\"", "psk_hex = \"00ff\"\nmode = \"aggressive\"", "connection office: phase1: all suites must have one group in aggressive mode")]
    [InlineData("\"office.example.net\"", "\"dn:office\"", "connection office: remote_id: office is no distinguished name such as")]
    [InlineData("\"office.example.net\"", "\"key_id_hex:abc\"", "connection office: remote_id: abc must be an even number of hexadecimal digits")]
    [InlineData("\"office.example.net\"", "\"uri:x\"", "connection office: remote_id must be an address, a subnet such as")]
    [InlineData("\"office.example.net\"", "\"an office\"", "connection office: remote_id: a name is of printing ASCII without spaces, not an office")]
    [InlineData("\"office.example.net\"", "\"10.0.0.9-10.0.0.1\"", "connection office: remote_id: the range 10.0.0.9-10.0.0.1 must go up within one family")]
    [InlineData("nat_traversal = false", "nat_traversal = 0",
        "connection office: nat_traversal must be true, false or \"drafts\", not 0")]
    [InlineData("name = \"office\"", "", "connection number 1: name is missing")]
    [InlineData("\"10.1.0.0/16\"", "\"10.1.0.0/33\"", "connection office, child net: local: the prefix length of 10.1.0.0/33 must be from 0 to 32")]
    [InlineData("\"10.1.0.0/16\"", "\"ten/8\"", "connection office, child net: local must be an address, a subnet such as 10.1.0.0/16 or a range such as 10.1.0.1-10.1.0.9, with [tcp/80] behind it or not, not ten/8")]
    [InlineData("local = \"10.1.0.0/16\"", "", "connection office, child net: local and remote go together")]
    [InlineData("[\"aes128-sha256-ecp384\"]", "[\"aes128-sha256-ecp384\", \"aes128-sha256\"]", "connection office, child net: esp: all suites must have one group, or none")]
    [InlineData("[\"aes128-sha256-ecp384\"]", "[\"aes128\"]", "connection office, child net: esp: aes128 is no suite")]
    [InlineData("esp = [\"aes128-sha256-ecp384\"]", "", "connection office, child net: one of esp and ah must be there")]
    [InlineData("esp = [\"aes128-sha256-ecp384\"]", "ah = [\"rot13\"]", "connection office, child net: ah: rot13 is no suite")]
    [InlineData("lifetime = \"20m\"", "mode = \"beet\"", "connection office, child net: mode must be tunnel or transport, not beet")]
    [InlineData("[endpoint]", "[endpoint", "(1,")]
    [InlineData("[endpoint]", "[here]", "unknown key here; known are endpoint, retransmission, connection")]
    [InlineData("[[connection]]", "[connection]", "connection must be an array of tables, [[connection]]")]
    public void MistakeIsToldWithItsPlace(string right, string wrong, string told)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        var bad = Good.Replace(right, wrong, StringComparison.Ordinal);
        Assert.Contains($"c.toml: {told}", Refused(bad), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.2", "two connections are office")]
    [InlineData("192.0.2.2", "connections office and home cannot be told apart by a first message", "home")]
    public void ConnectionsDiffer(string remote, string told, string name = "office")
    {
        var second = Good[Good.IndexOf("[[connection]]", StringComparison.Ordinal)..]
            .Replace("\"office\"", $"\"{name}\"", StringComparison.Ordinal)
            .Replace("192.0.2.2", remote, StringComparison.Ordinal);
        Assert.Contains(told, Refused($"{Good}\n{second}"), StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralConnectionsAndChildrenAreTaken()
    {
        var second = Good[Good.IndexOf("[[connection]]", StringComparison.Ordinal)..]
            .Replace("\"office\"", "\"home\"", StringComparison.Ordinal)
            .Replace("192.0.2.2", "192.0.2.3", StringComparison.Ordinal);
        var child = Good[Good.IndexOf("[[connection.child]]", StringComparison.Ordinal)..]
            .Replace("\"net\"", "\"more\"", StringComparison.Ordinal);
        var setup = Load($"{Good}\n{second}\n{child}");
        Assert.Equal(["office", "home"], setup.Connections.Select(c => c.Name));
        Assert.Equal(["net", "more"], setup.Connections[1].Children.Select(c => c.Name));
    }

    private static string Refused(string text) => Assert.Throws<BadInputException>(() => Load(text)).Message;

    private static EndpointSetup Load(string text)
    {
        using var folder = new TestFolder();
        return ConfigurationFile.Load(folder.Write("c.toml", text), new NamedRandomness(1, "test"));
    }
}
