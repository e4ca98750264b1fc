using System.Collections.Immutable;
using System.Net;
using System.Text;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Properties.Engine.Phase1;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.RemoteAccess;

/// <summary>A pair of endpoints of which A is the host and B the edge device, and messages of somebody who has their keys.</summary>
internal static class AccessSetups
{
    public static readonly IPAddress FirstOfPool = IPAddress.Parse("10.77.9.1");

    public static readonly AssignedConfiguration Rest = new((IPAddress?)null)
    {
        Netmask = IPAddress.Parse("255.255.255.0"),
        Dns = [IPAddress.Parse("10.77.9.53"), IPAddress.Parse("10.77.9.54")],
        Subnets = [(IPAddress.Parse("10.77.2.0"), IPAddress.Parse("255.255.255.0"))],
        ExpirySeconds = 86400,
    };

    /// <summary>Each mode and method twice: phase 1 begun by A, and by B.</summary>
    public static TheoryData<ExchangeType, AuthenticationMethod, bool> EitherBegins(
        IEnumerable<(ExchangeType Mode, AuthenticationMethod Method)> phase1)
    {
        var ways = new TheoryData<ExchangeType, AuthenticationMethod, bool>();
        foreach (var (mode, method) in phase1)
        {
            ways.Add(mode, method, true);
            ways.Add(mode, method, false);
        }

        return ways;
    }

    public static Octets Text(string text) => Encoding.ASCII.GetBytes(text);

    public static EndpointSetup Host(EndpointSetup setup, string user = "alice", string password = "wonderland", bool hybrid = false)
        => setup.With(c => c with
        {
            Xauth = new XauthPolicy.IpsecHost(Text(user), Secret.Of(Encoding.ASCII.GetBytes(password)), hybrid),
        });

    public static EndpointSetup Edge(EndpointSetup setup, XauthType type = XauthType.Generic, bool hybrid = false)
        => setup.With(c => c with
        {
            Xauth = new XauthPolicy.EdgeDevice(
                new UserTable(ImmutableDictionary<Octets, Secret>.Empty.Add(Text("alice"), Secret.Of("wonderland"u8))), type, hybrid),
        });

    /// <summary>The host's side of the child is the address that it gets.</summary>
    public static EndpointSetup GetsAddress(EndpointSetup setup, bool pushed = false)
        => setup.With(c => c with
        {
            ModeConfig = new ModeConfigPolicy.IpsecHost(pushed),
            Children = [.. c.Children.Select(k => k with { OwnIsAssigned = true })],
        });

    /// <summary>The edge device gives addresses from a range.</summary>
    public static EndpointSetup GivesAddress(EndpointSetup setup, bool pushed = false, int count = 5)
        => setup.With(c => c with
        {
            ModeConfig = new ModeConfigPolicy.EdgeDevice(new AddressRange(FirstOfPool, count, Rest), pushed),
            Children = [.. c.Children.Select(k => k with { PeerIsAssigned = true })],
        });

    /// <summary>Delivers until something of an exchange type flies first.</summary>
    public static void DeliverUntil(this Pair pair, ExchangeType type)
    {
        while (pair.Flying.Count > 0 && pair.Flying[0].Datagram.Span[18] != (byte)type)
        {
            pair.DeliverNext();
        }
    }

    /// <summary>The attributes of a Transaction's first message.</summary>
    public static AttributesPayload Attributes(Side holder, Octets datagram)
        => Insider.Open(holder, datagram).OfType<AttributesPayload>().Single();

    /// <summary>The first message of a Transaction under a side's ISAKMP SA, from somebody who has its keys.</summary>
    public static Octets Transaction(Side holder, uint id, params ImmutableArray<Payload> payloads)
    {
        var p = holder.State.Isakmp.Values.Last(e => e.Established is not null).Phase1;
        var hash = KeySchedule.Rfc2409.HASH_1(p.Suite!.Prf, p.Keys!.SKEYID_a, id, MessageWriter.WritePayloads(payloads));
        var header = new Header(p.CKY_I, p.CKY_R, 0, 0x10, ExchangeType.Transaction, HeaderFlags.None, id, 0);
        var iv = KeySchedule.Rfc2409.Phase2Iv(p.Suite.Hash, p.Iv.Span, id, p.Suite.Cipher.BlockLength);
        return Protection.Seal(header, [new HashPayload(hash), .. payloads], p.Suite.Cipher, p.Keys.Ka, iv).Datagram;
    }

    /// <summary>Gives a side a datagram from its peer.</summary>
    public static void Inject(this Pair pair, Side to, Octets datagram)
        => pair.Do(to, new Input.DatagramArrived(to.Endpoint.Setup.Local,
            (to == pair.A ? pair.B : pair.A).Endpoint.Setup.Local, datagram));

    public static IEnumerable<Rejection> Rejections(this Side side) => side.Told.OfType<Effect.Rejected>().Select(r => r.Why);
}
