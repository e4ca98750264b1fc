using System.Collections.Immutable;
using RefIke.Cli.Matrix;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Profiles.Fragmentation;
using RefIke.Oracle;
using RefIke.Oracle.Captures;
using RefIke.Oracle.Machines;
using RefIke.Properties.Engine;
using RefIke.Properties.Engine.Phase1;
using RefIke.Properties.Engine.Phase2;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Engine.RemoteAccess.AccessSetups;
using OracleKeyLog = RefIke.Oracle.KeyLogs.KeyLog;

namespace RefIke.Properties.Replaying;

/// <summary>
/// RefIke's machines in the place of either side of captured exchanges: they accept what the other side sent and come
/// to the logged keys; of whatever is changed in capture or log, the replay says where machine and record part.
/// </summary>
public sealed class MachineReplayTests
{
    private static readonly MatrixKeys Keys = new();

    /// <summary>What is set up, and how many machines and pairs of SAs come of it, on both sides together.</summary>
    public static TheoryData<string, int> Exchanges => new()
    {
        { "psk MainMode", 4 },
        { "psk Aggressive", 4 },
        { "pfs", 4 },
        { "rsa-sig MainMode", 4 },
        { "rsa-sig Aggressive", 4 },
        { "ecdsa-384 MainMode", 4 },
        { "dss Aggressive", 4 },
        { "nat MainMode", 4 },
        { "fragments", 4 },
        { "xauth, mode config", 10 },
        { "commit bit", 4 },
        { "ah + esp + ipcomp", 4 },
        { "alternatives", 4 },
    };

    /// <summary>
    /// RFC 2409 §5, §5.5: each machine accepts every message and is established, with the keys of the log.
    /// </summary>
    [Theory]
    [MemberData(nameof(Exchanges))]
    [Clause("2409-5.1-01")]
    [Clause("2409-5.4-01")]
    [Clause("2409-5.5-20")]
    public void MachinesComeToTheLoggedKeys(string what, int machines)
    {
        using var recorded = Recorded(what);
        var replay = recorded.Up().Replay(preSharedKey: RecordedPair.PreSharedKey);
        Assert.DoesNotContain(replay.Messages, m => m.Fault is not null || m.Unverified is not null);
        Assert.Equal(machines, replay.Machines.Length);
        Assert.All(replay.Machines, v => Assert.Equal((null, null, null, v.Handed),
            (v.Fault, v.Lacking, v.Refusal, v.Accepted)));
        Assert.All(replay.Machines.Where(v => v.M_ID == 0), v => Assert.Equal(
            ("established", "SKEYID SKEYID_d SKEYID_a SKEYID_e Ka"), (v.End, string.Join(' ', v.Keys))));
        Assert.All(replay.Machines.Where(v => v.Exchange == ExchangeType.QuickMode),
            v => Assert.Equal(("established", 2), (v.End, v.Keymat.Length)));
        Assert.All(replay.Machines.Where(v => v.Exchange == ExchangeType.Transaction),
            v => Assert.Equal("complete", v.End));
        var pair = recorded.Pair.A.Pairs.Single();
        Assert.All(replay.Machines.SelectMany(v => v.Keymat), spi => Assert.Contains($"{spi}",
            new[] { $"{pair.Spi:x8}", $"{pair.PeerSpi:x8}" }));
    }

    /// <summary>Either side begins a second Quick Mode, and deletes: all under the machine's own ISAKMP SA.</summary>
    [Fact]
    [Clause("2409-5.7-01")]
    public void LaterExchangesOfEitherSideAreReplayed()
    {
        using var recorded = Recorded("psk MainMode");
        recorded.Up();
        recorded.Pair.Now = recorded.Pair.Now.After(60_000);
        recorded.Do(recorded.Pair.B, new Input.Rekey(recorded.Pair.B.Pairs.Single().Spi));
        recorded.Do(recorded.Pair.A, new Input.DeletePair(recorded.Pair.A.Pairs.First().Spi));
        recorded.Do(recorded.Pair.B, new Input.DeleteIsakmp(recorded.Pair.B.State.Isakmp.Values.Single().Phase1.CKY_R));
        var machines = recorded.Replay().Machines;
        Assert.All(machines, v => Assert.Equal((null, null, v.Handed), (v.Fault, v.Lacking, v.Accepted)));
        Assert.Equal(4, machines.Count(v => v.Exchange == ExchangeType.QuickMode && v.Keymat.Length == 2));
        Assert.All(new[] { "accepted", "sent" }, end => Assert.Contains(machines, v => v.End == end
            && v is { Exchange: ExchangeType.Informational, Side: Role.Initiator }));
    }

    /// <summary>RFC 2408 §5.1: a datagram that comes twice changes nothing.</summary>
    [Theory]
    [InlineData("psk MainMode")]
    [InlineData("psk Aggressive")]
    [InlineData("xauth, mode config")]
    public void RetransmissionsChangeNothing(string what)
    {
        using var recorded = Recorded(what);
        recorded.Pair.Connect(recorded.Pair.A);
        recorded.Settle(_ => true);
        Assert.Contains(recorded.Replay().Messages, m => m.AsInitiator.IsRepeated);
        Assert.All(recorded.Replay().Machines,
            v => Assert.Equal((null, null, v.Handed), (v.Fault, v.Lacking, v.Accepted)));
    }

    /// <summary>
    /// One octet of any message: some machine parts from the record, at that message where it is encrypted.
    /// </summary>
    [Theory]
    [InlineData("psk MainMode")]
    [InlineData("psk Aggressive")]
    [InlineData("rsa-sig MainMode")]
    [InlineData("pfs")]
    public void AlteredMessageIsTold(string what)
    {
        using var recorded = Recorded(what);
        recorded.Up();
        foreach (var (n, datagram) in recorded.Capture.Index())
        {
            var octets = datagram.Octets.ToArray();
            octets[Header.Size + 9] ^= 1;   // of SA, KE or what is encrypted: what some HASH covers
            var altered = recorded.Capture.SetItem(n, datagram with { Octets = octets });
            var faults = Faults(recorded.Replay(altered, RecordedPair.PreSharedKey));
            Assert.NotEmpty(faults);
            if ((datagram.Octets.Span[19] & 1) != 0)
            {
                Assert.Contains(faults, f => f.StartsWith($"message {n + 1} is refused", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>
    /// RFC 2409 §5: another choice in message 2 than was offered is refused with the clause, by the initiator's
    /// machine.
    /// </summary>
    [Fact]
    [Clause("2409-5-14")]
    public void AnotherChoiceIsTold()
    {
        using var recorded = Recorded("psk MainMode");
        recorded.Up();
        var answer = recorded.Capture[1];
        Assert.True(MessageReader.TryRead(answer.Octets.Memory, out var message, out _));
        var sa = message!.Payloads.OfType<SecurityAssociationPayload>().Single();
        var (proposal, transform) = (sa.Proposals[0], sa.Proposals[0].Transforms[0]);
        var longer = transform with
        {
            Attributes = [.. transform.Attributes.Select(a => a.Type == (ushort)Phase1Attribute.KeyLength
                ? DataAttribute.Basic(a.Type, 256) : a)],
        };
        var octets = MessageWriter.Write(message.Header,
            [sa with { Proposals = [proposal with { Transforms = [longer] }] },
            .. message.Payloads.Where(p => p is not SecurityAssociationPayload)]);
        var faults = Faults(recorded.Replay(recorded.Capture.SetItem(1, answer with { Octets = octets })));
        Assert.Contains(faults, f => f.StartsWith("message 2 is refused: the peer's choice was not offered",
            StringComparison.Ordinal) && f.Contains("2409-5-14", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.StartsWith("message 1 is refused", StringComparison.Ordinal));
    }

    /// <summary>
    /// A message that is not there, or two of one exchange in the other order. Which Transaction comes first is the
    /// engine's affair, not a machine's.
    /// </summary>
    [Theory]
    [InlineData("psk MainMode")]
    [InlineData("psk Aggressive")]
    [InlineData("xauth, mode config")]
    public void MissingOrSwappedMessageIsTold(string what)
    {
        using var recorded = Recorded(what);
        var capture = recorded.Up().Capture;
        for (var n = 0; n < capture.Length; n++)
        {
            Assert.Contains(recorded.Replay(capture.RemoveAt(n)).Machines,
                v => v.Fault is not null || v.Lacking is not null);
            if (n + 1 < capture.Length && !what.StartsWith("xauth", StringComparison.Ordinal))
            {
                Assert.NotEmpty(Faults(recorded.Replay(capture.SetItem(n, capture[n + 1]).SetItem(n + 1, capture[n]))));
            }
        }
    }

    /// <summary>One octet of any logged key, and a log without it.</summary>
    [Fact]
    public void OtherLoggedKeyIsToldAndAMissingOneToo()
    {
        using var recorded = Recorded("pfs");
        var log = recorded.Up().Log(recorded.Pair.A);
        var (set, keymat) = (log.Isakmp[0], log.Keymat[0]);
        TwoSides With(OracleKeyLog other) => TwoSides.Run(recorded.Capture, other, recorded.Log(recorded.Pair.B), null);
        void Told(string fault, OracleKeyLog other) => Assert.Contains(
            Faults(With(other)), f => f.StartsWith(fault, StringComparison.Ordinal));
        void Lacks(string what, OracleKeyLog other) => Assert.Contains(With(other).Machines, v => v.Lacking == what);
        Assert.Empty(Faults(With(log)));
        Told("SKEYID_d is", log with { Isakmp = [set with { SKEYID_d = Altered(set.SKEYID_d!.Value) }] });
        Told("SKEYID_a is", log with { Isakmp = [set with { SKEYID_a = Altered(set.SKEYID_a!.Value) }] });
        Told("SKEYID_e is", log with { Isakmp = [set with { SKEYID_e = Altered(set.SKEYID_e!.Value) }] });
        Told("message 5: RefIke has another HASH",
            log with { Isakmp = [set with { SKEYID = Altered(set.SKEYID!.Value) }] });
        Told("message 5: RefIke has another ID and HASH", log with { Isakmp = [set with { Ka = Altered(set.Ka) }] });
        Told($"KEYMAT of {keymat.Spi} is not", log with
        {
            Keymat = [.. log.Keymat.Select(k => k with { Keymat = k == keymat ? Altered(k.Keymat) : k.Keymat })],
        });
        Lacks($"KEYMAT of {keymat.Spi} is not in the log", log with { Keymat = [] });
        Lacks("g^xy is not in the log", log with { Agreements = [] });
        Lacks("g(qm)^xy is not in the log", log with { Agreements = [] });
        Lacks("the log has no keys of its ISAKMP SA", log with { Isakmp = [] });
    }

    /// <summary>
    /// RFC 2408 §5.4, §5.11: what the real side refused, the machine refuses with the same notify; that is no fault.
    /// </summary>
    [Theory]
    [InlineData("other suite", "as the real side did: message 1", "the other side refuses in message 2")]
    [InlineData("other esp", "as the real side did: message 7", "the other side refuses in message 8")]
    [InlineData("other traffic", "as the real side did: message 7", "the other side refuses in message 8")]
    [InlineData("other secret", "the two have different SKEYID: message 5", "the two have different SKEYID")]
    public void RightRefusalIsNoFault(string what, string responder, string initiator)
    {
        using var recorded = Recorded(what);
        var machines = recorded.Up().Replay().Machines;
        Assert.DoesNotContain(machines, v => v.Fault is not null);
        Assert.Contains(machines, v => Begins(v, Role.Responder, responder));
        Assert.Contains(machines, v => Begins(v, Role.Initiator, initiator));

        static bool Begins(MachineVerdict v, Role side, string refusal)
            => v.Side == side && v.Refusal?.StartsWith(refusal, StringComparison.Ordinal) == true;
    }

    /// <summary>
    /// A capture that ends before an answer shows nothing of who would have answered: no fault, and no success.
    /// </summary>
    [Fact]
    public void CaptureThatEndsEarlyIsNoFault()
    {
        using var recorded = Recorded("psk MainMode");
        var capture = recorded.Up().Capture;
        foreach (var length in new[] { 1, 7, 8 })
        {
            var what = $"answer to message {length}";
            var log = recorded.Log(recorded.Pair.A) with { Keymat = [] };
            var machines = TwoSides.Run([.. capture.Take(length)], log, log, null).Machines;
            Assert.DoesNotContain(machines, v => v.Fault is not null);
            Assert.Contains(machines, v => v.Lacking?.Contains(what, StringComparison.Ordinal) == true);
        }
    }

    private static string[] Faults(TwoSides replay) => [.. replay.Machines.Select(v => v.Fault).OfType<string>()];

    private static Octets Altered(Octets key)
    {
        var octets = key.ToArray();
        octets[0] ^= 1;
        return octets;
    }

    private static RecordedPair Recorded(string what) => what.Split(' ') switch
    {
        ["psk", var mode] => new(Phase1Setups.As(Enum.Parse<ExchangeType>(mode), AuthenticationMethod.PreSharedKey)),
        ["pfs"] => new(esp: "aes128-sha1-modp1024"),
        ["rsa-sig", var mode] => Certified(mode, AuthenticationMethod.RsaSignatures),
        ["ecdsa-384", var mode] => Certified(mode, AuthenticationMethod.EcdsaP384),
        ["dss", var mode] => Certified(mode, AuthenticationMethod.DssSignatures),
        ["nat", _] => new(s => s.With(c => c with { NatTraversal = true })),
        ["fragments"] => Certified("MainMode", AuthenticationMethod.RsaSignatures,
            c => c with { Fragmentation = new FragmentationPolicy { Size = 300 } }),
        ["xauth,", ..] => new(changeA: s => GetsAddress(Host(s)), changeB: s => GivesAddress(Edge(s))),
        ["commit", _] => new(changeB: Suites.Child(c => c with { CommitBit = true })),
        ["ah", ..] => new(Suites.In("ah:sha256+esp:aes128-sha1+ipcomp")),
        ["alternatives"] => new(esp: "aes256-sha256,3des-sha1,aes128-sha1", peerEsp: "3des-sha1"),
        ["other", "suite"] => new(changeB: s => s.With(
            c => c with { Suites = [.. c.Suites.Select(x => x with { Hash = HashFunction.Sha256 })] })),
        ["other", "esp"] => new(peerEsp: "3des-md5"),
        ["other", "traffic"] => new(changeB: Suites.Child(c => c with { Own = c.Peer })),
        ["other", "secret"] => new(changeB: s => s.With(c => c with { PreSharedKey = Secret.Of("another"u8) })),
        _ => throw new ArgumentException(what, nameof(what)),
    };

    private static RecordedPair Certified(
        string mode, AuthenticationMethod method, Func<Connection, Connection>? change = null)
        => new(setup =>
        {
            var own = setup.Name == "A" ? 1 : 2;
            var finish = change ?? (same => same);
            return (setup with { UnixSecondsAtZero = MatrixKeys.UnixSeconds }).With(c => finish(c with
            {
                Mode = Enum.Parse<ExchangeType>(mode),
                Suites = [.. c.Suites.Select(s => s with { Method = method })],
                PreSharedKey = null,
                OwnIdentity = MatrixIdentities.Of("fqdn", own),
                PeerIdentity = MatrixIdentities.Of("fqdn", 3 - own),
                PublicKeys = Keys.Terms(own, method, "fqdn"),
            }));
        });
}
