using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>
/// What an endpoint is told, by a name: words with a colon and the side behind them,
/// <c>aggressive+rsa-signatures:B</c>. Side A is
/// at 10.77.0.1, side B at 10.77.0.2. Without any word it is Main Mode with a pre-shared key, aes128-sha1-modp1024, and
/// one
/// child with ESP aes128-sha1.
/// </summary>
internal static class Configurations
{
    /// <summary>The time of day at the start, in seconds since 1970: when the certificates are valid.</summary>
    public const long Begins = 1_700_000_000;

    private static readonly IDiffieHellman Dh = new MemoisedDiffieHellman(DiffieHellman.Best);

    private static readonly Dictionary<string, Func<EndpointSetup, EndpointSetup>> Words = new()
    {
        ["aggressive"] = s => s.With(c => c with { Mode = ExchangeType.Aggressive }),
        ["rsa-signatures"] = s => KnownKeys.Raw(s, AuthenticationMethod.RsaSignatures),
        ["dss-signatures"] = s => KnownKeys.Raw(s, AuthenticationMethod.DssSignatures),
        ["ecdsa-256"] = s => KnownKeys.Raw(s, AuthenticationMethod.EcdsaP256),
        ["ecdsa-384"] = s => KnownKeys.Raw(s, AuthenticationMethod.EcdsaP384),
        ["ecdsa-521"] = s => KnownKeys.Raw(s, AuthenticationMethod.EcdsaP521),
        ["rsa-encryption"] = s => KnownKeys.Raw(s, AuthenticationMethod.RsaEncryption),
        ["rsa-revised"] = s => KnownKeys.Raw(s, AuthenticationMethod.RevisedRsaEncryption),
        ["certificates"] = KnownKeys.Certified,
        ["revocation"] = KnownKeys.Revoking,
        ["mallory"] = s => s.With(c => c with { OwnIdentity = Host(9) }),
        ["mallory-fqdn"] = s => s.With(
            c => c with
            {
                OwnIdentity = new IdentificationPayload(IdentificationType.Fqdn, 0, 0,
                "mallory.example"u8.ToArray())
            }),
        ["other-secret"] = s => s.With(c => c with { PreSharedKey = Secret.Of("guess"u8) }),
        ["other-key"] = s => KnownKeys.Other(s),
        ["natt"] = s => s.With(c => c with { NatTraversal = true }),
        ["says-nat"] = s => s.With(c => c with { Nat = c.Nat with { Force = true } }),
        ["dpd"] = s => s.With(c => c with { DeadPeer = new DeadPeerPolicy() }),
        ["fragments"] = s => s.With(c => c with { Fragmentation = new FragmentationPolicy { Size = 150 } }),
        ["new-groups"] = s => s.With(c => c with { NewGroups = new NewGroupTerms() }),
        ["host"] = s => s.With(c =>
            c with { Xauth = new XauthPolicy.IpsecHost("alice"u8.ToArray(), Secret.Of("wonderland"u8)) }),
        ["wrong-password"] = s => s.With(c =>
            c with { Xauth = new XauthPolicy.IpsecHost("alice"u8.ToArray(), Secret.Of("guess"u8)) }),
        ["unknown-user"] = s => s.With(c =>
            c with { Xauth = new XauthPolicy.IpsecHost("mallory"u8.ToArray(), Secret.Of("wonderland"u8)) }),
        ["edge"] = s => s.With(c => c with { Xauth = new XauthPolicy.EdgeDevice(Users()) }),
        ["hybrid-host"] = s => KnownKeys.Without(s, own: true).With(c => c with
        {
            Xauth = new XauthPolicy.IpsecHost("alice"u8.ToArray(), Secret.Of("wonderland"u8), true),
        }),
        ["hybrid-edge"] = s => KnownKeys.Without(s, own: false).With(
            c => c with { Xauth = new XauthPolicy.EdgeDevice(Users(), Hybrid: true) }),
        ["gets-address"] = s => GetsAddress(s, false),
        ["gets-pushed-address"] = s => GetsAddress(s, true),
        ["gives-address"] = s => GivesAddress(s, 5, false),
        ["pushes-address"] = s => GivesAddress(s, 5, true),
        ["gives-nothing"] = s => GivesAddress(s, 0, false),
        ["commit-bit"] = s => s.WithChild(k => k with { CommitBit = true }),
        ["identity-pfs"] = s => s.WithChild(k => k with { IdentityPfs = true }),
        ["no-clients"] = s => s.WithChild(k => k with { Own = null, Peer = null }),
        ["unknown-peer"] = s => s.With(c => c with { Remote = new IPEndPoint(Ip(9), 500) }),
    };

    /// <summary>Words with a value behind an equals sign.</summary>
    private static readonly Dictionary<string, Func<EndpointSetup, string, EndpointSetup>> Valued = new()
    {
        ["suites"] = (s, v) => s.With(c => c with
        {
            Suites = [.. v.Split(',').Select(n => SuiteNames.Phase1(n, 28800, c.Method)!)],
        }),
        ["esp"] = (s, v) => s.WithChild(k =>
            k with { Suites = [.. v.Split(',').Select(n => (ProtectionSuite)SuiteNames.Esp(n, 3600)!)] }),
        ["ah"] = (s, v) => s.WithChild(k =>
            k with { Suites = [.. v.Split(',').Select(n => (ProtectionSuite)SuiteNames.Ah(n, 3600)!)] }),
        ["certificate"] = (s, v) => KnownKeys.Presenting(s, v),
        ["half-open"] = (s, v) => s with { Limits = s.Limits with { HalfOpen = Number(v) } },
        ["half-open-per-address"] = (s, v) => s with { Limits = s.Limits with { HalfOpenPerAddress = Number(v) } },
        ["refused-keys"] = (s, v) => s with { Limits = s.Limits with { RefusedKeys = Number(v) } },
        ["message-ids"] = (s, v) => s with { Limits = s.Limits with { MessageIds = Number(v) } },
        ["groups-judged"] = (s, v) => s with { Limits = s.Limits with { GroupsJudged = Number(v) } },
        ["open-quick-modes"] = (s, v) => s with { Limits = s.Limits with { OpenQuickModes = Number(v) } },
        ["transactions"] = (s, v) => s with { Limits = s.Limits with { Transactions = Number(v) } },
        ["fragment-parts"] = (s, v) => s with { Limits = s.Limits with { Fragments = Number(v) } },
        ["fragmented-message"] = (s, v) => s with { Limits = s.Limits with { FragmentedMessage = Number(v) } },
        ["fragment-sets"] = (s, v) => s with { Limits = s.Limits with { FragmentSets = Number(v) } },
        ["fragment-sets-per-address"] = (s, v) =>
            s with { Limits = s.Limits with { FragmentSetsPerAddress = Number(v) } },
    };

    /// <summary>The endpoint with this name; null where a word of it is not known.</summary>
    public static EndpointSetup? Find(string name, IRandomness randomness)
    {
        var parts = name.Split(':');
        if (parts is not [var words, "A" or "B"])
        {
            return null;
        }

        var setup = Plain(parts[1], randomness);
        foreach (var word in words.Split('+', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && Valued.TryGetValue(word[..equals], out var valued))
            {
                setup = valued(setup, word[(equals + 1)..]);
            }
            else if (Words.TryGetValue(word, out var change))
            {
                setup = change(setup);
            }
            else
            {
                return null;
            }
        }

        return setup;
    }

    /// <summary>The endpoint with its one connection changed.</summary>
    public static EndpointSetup With(this EndpointSetup setup, Func<Connection, Connection> change)
        => setup with { Connections = [change(setup.Connections[0])] };

    /// <summary>An address of ours.</summary>
    public static IPAddress Ip(int last) => new([10, 77, 0, (byte)last]);

    /// <summary>The identity of a host by its address.</summary>
    public static IdentificationPayload Host(int last) => Selector.ToPayload(Ip(last), 32);

    private static EndpointSetup WithChild(this EndpointSetup setup, Func<ChildPolicy, ChildPolicy> change)
        => setup.With(c => c with { Children = [change(c.Children[0])] });

    private static EndpointSetup Plain(string side, IRandomness randomness)
    {
        var (own, peer) = side == "A" ? (1, 2) : (2, 1);
        IdentificationPayload Net(int n) => Selector.ToPayload(new IPAddress([10, 77, (byte)n, 0]), 24);
        var connection = new Connection(
            "vector", new IPEndPoint(Ip(peer), 500), Secret.Of("secret"u8), Host(own), Host(peer),
            [SuiteNames.Phase1("aes128-sha1-modp1024", 28800)!],
            [new ChildPolicy("child", Net(own), Net(peer), [SuiteNames.Esp("aes128-sha1", 3600)!])]);
        return new EndpointSetup(
            side, new IPEndPoint(Ip(own), 500), new IPEndPoint(Ip(own), 4500), [connection], randomness)
        {
            DiffieHellman = Dh,
            UnixSecondsAtZero = Begins,
        };
    }

    private static UserTable Users()
        => new(ImmutableDictionary<Octets, Secret>.Empty.Add(Encoding.ASCII.GetBytes("alice"),
            Secret.Of("wonderland"u8)));

    private static EndpointSetup GetsAddress(EndpointSetup setup, bool pushed) => setup.With(c => c with
    {
        ModeConfig = new ModeConfigPolicy.IpsecHost(pushed),
        Children = [.. c.Children.Select(k => k with { OwnIsAssigned = true })],
    });

    private static EndpointSetup GivesAddress(EndpointSetup setup, int count, bool pushed) => setup.With(c => c with
    {
        ModeConfig = new ModeConfigPolicy.EdgeDevice(
            new AddressRange(IPAddress.Parse("10.77.9.1"), count, new AssignedConfiguration((IPAddress?)null)), pushed),
        Children = [.. c.Children.Select(k => k with { PeerIsAssigned = true })],
    });

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
