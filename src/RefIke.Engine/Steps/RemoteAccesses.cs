using System.Collections.Immutable;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>What a REQUEST or SET of the peer is answered with, and what comes of it once the answer is sent.</summary>
/// <param name="Passed">The edge device's verdict on our user; null where the message was none.</param>
/// <param name="Assigned">What Mode Config has given with it.</param>
internal sealed record AccessAnswer(
    ImmutableArray<DataAttribute> Attributes, bool? Passed = null, AssignedConfiguration? Assigned = null);

/// <summary>
/// What lies between phase 1 and phase 2 where a connection says so: XAUTH first, then Mode Config, then Quick Mode (D-181, D-182).
/// Whatever fails or takes too long ends the ISAKMP SA (S-27, L-14).
/// </summary>
internal static class RemoteAccesses
{
    /// <summary>Phase 1 has ended. Every new ISAKMP SA asks again, one that renews another too (D-183).</summary>
    [Clause("xauth-6-01")]
    [Clause("hybrid-4-01")]
    public static void Begin(Work work, IsakmpEntry entry)
    {
        if (!Transactions.AreSpoken(work, entry))
        {
            Phase1Exchanges.Open(work, entry);
            return;
        }

        var (xauth, random, name) = (Of(work, entry).Xauth, work.Setup.Randomness, entry.Phase1.Name);
        var identifier = random.Bytes("XAUTH identifier", name, 2);
        var challenge = xauth is XauthPolicy.EdgeDevice { Type: XauthType.RadiusChap } ? random.Bytes("XAUTH challenge", name, 16) : [];
        entry = entry with
        {
            Access = new RemoteAccess(AccessStep.Xauth, (ushort)((identifier[0] << 8) | identifier[1]), challenge,
                xauth is XauthPolicy.IpsecHost host ? host.User : Octets.Empty, null),
        };
        if (xauth is null)
        {
            Configure(work, entry);
            return;
        }

        Await(work, entry);
        if (xauth is XauthPolicy.EdgeDevice edge)
        {
            Transactions.Initiate(
                work, entry, TransactionPurpose.XauthRequest, TransactionEvent.Ask, XauthAttributes.Request(edge.Type, challenge));
        }
    }

    /// <summary>An ISAKMP SA of a connection that awaits XAUTH or Mode Config, or null.</summary>
    public static IsakmpEntry? Pending(Work work, string connection)
        => work.State.Isakmp.Values.FirstOrDefault(
            e => e.Connection == connection && e.Phase1.Step == Phase1Step.Established && e.Established is not null && !e.IsOpen);

    /// <summary>This side asks for the user and does not know him yet: the peer may begin nothing .</summary>
    public static bool AsksForUser(Work work, IsakmpEntry entry)
        => Of(work, entry).Xauth is XauthPolicy.EdgeDevice && entry.Access?.Step == AccessStep.Xauth;

    /// <summary>The answer to a REQUEST or SET; nothing is changed by it.</summary>
    [Clause("xauth-6.1-04")]
    public static AccessAnswer Answer(Work work, IsakmpEntry entry, AttributesPayload asked)
    {
        var (connection, list) = (Of(work, entry), asked.List);
        var isXauth = list.Any(XauthAttributes.Is);
        if (asked.MessageType == ConfigurationMessage.Request)
        {
            return isXauth ? new(connection.Xauth is XauthPolicy.IpsecHost host ? XauthAttributes.Answer(host, list) : [])
                : connection.ModeConfig is ModeConfigPolicy.EdgeDevice edge && ConfigurationAnswers.WantsAddress(list)
                    && Leases.Assign(work, entry, edge.Pool, ConfigurationAnswers.Wish(list)) is { } assigned
                ? new(ConfigurationAnswers.Reply(list, assigned), Assigned: assigned)
                : new(ConfigurationAnswers.Reply(list, entry.Access?.Assigned));
        }

        if (isXauth)
        {
            // The verdict comes from the edge device; one that the host sends is no verdict (§6.2, M-175).
            return new([], Passed: connection.Xauth is XauthPolicy.IpsecHost ? XauthAttributes.StatusIn(list) : null);
        }

        if (connection.ModeConfig is not ModeConfigPolicy.IpsecHost { Pushed: true } pushed || entry.Access?.Step == AccessStep.Xauth)
        {
            return new([]);     // nobody asked for it (M-176)
        }

        var accepted = ConfigurationAnswers.Accepted(pushed, list);
        return new(ConfigurationAnswers.Ack(accepted), Assigned: AssignedConfiguration.Read(accepted));
    }

    /// <summary>The answer has gone: what it means is done.</summary>
    [Clause("xauth-6-02")]
    public static void Answered(Work work, IsakmpEntry entry, AccessAnswer answer)
    {
        if (answer.Passed == false)
        {
            Refuse(work, entry, "the edge device refuses the user");
        }
        else if (answer.Passed == true && entry.Access!.Step == AccessStep.Xauth)
        {
            Pass(work, entry);
        }
        else if (answer.Assigned is { } assigned)
        {
            Assign(work, entry, assigned);
        }
        else if (entry.Access!.Step != AccessStep.Open)
        {
            Await(work, entry);
        }
    }

    /// <summary>The answer to a Transaction of ours.</summary>
    public static void Receive(Work work, IsakmpEntry entry, TransactionPurpose purpose, ImmutableArray<DataAttribute> list)
    {
        switch (purpose)
        {
            case TransactionPurpose.XauthRequest:
                Judge(work, entry, (XauthPolicy.EdgeDevice)Of(work, entry).Xauth!, list);
                break;
            case TransactionPurpose.XauthStatus:
                Pass(work, entry);
                break;
            case TransactionPurpose.ConfigurationRequest:
                var host = (ModeConfigPolicy.IpsecHost)Of(work, entry).ModeConfig!;
                Assign(work, entry, AssignedConfiguration.Read(ConfigurationAnswers.Accepted(host, list)));
                break;
            case TransactionPurpose.ConfigurationSet:
                Assign(work, entry, entry.Access!.Assigned!);
                break;
            default:
                break;
        }
    }

    /// <summary>A step has taken too long .</summary>
    [Clause("xauth-6-02")]
    public static void TimedOut(Work work, Cookie own)
    {
        if (work.State.Isakmp.TryGetValue(own.Value, out var entry) && !entry.IsOpen)
        {
            Refuse(work, entry, $"{entry.Access!.Step} took too long");
        }
    }

    /// <summary>No user, or no address: the ISAKMP SA ends, and the peer is told (D-188).</summary>
    [Clause("xauth-6-02")]
    public static void Refuse(Work work, IsakmpEntry entry, string why) => Deletion.DeleteIsakmp(work, entry.Own, why);

    /// <summary>An ISAKMP SA ends before it was open: what waited for it is told.</summary>
    public static void Abandon(Work work, IsakmpEntry entry, string why)
    {
        if (entry.Access is not { Step: not AccessStep.Open } access)
        {
            return;
        }

        if (access.Step == AccessStep.Xauth)
        {
            work.Tell(new Effect.XauthEnded(entry.Own, entry.Connection, access.User, false));
        }

        foreach (var (_, replaces) in entry.Wanted)
        {
            Rekeying.Failed(work, replaces);
        }

        Renewal.Failed(work, entry);
        work.Tell(new Effect.ExchangeFailed(entry.Phase1.Name, access.Step == AccessStep.Xauth ? "XAUTH" : "Mode Config", why));
    }

    /// <summary>A child with the assigned address in its traffic; null where it wants one and there is none (B-69).</summary>
    [Clause("modecfg-5.1-02")]
    public static ChildPolicy? Fit(IsakmpEntry entry, ChildPolicy child)
        => child is { OwnIsAssigned: false, PeerIsAssigned: false } ? child
            : entry.Access?.Assigned?.Traffic is { } address
                ? child with { Own = child.OwnIsAssigned ? address : child.Own, Peer = child.PeerIsAssigned ? address : child.Peer }
                : null;

    /// <summary>The edge device looks at what the host said of its user; one try (D-188).</summary>
    private static void Judge(Work work, IsakmpEntry entry, XauthPolicy.EdgeDevice edge, ImmutableArray<DataAttribute> reply)
    {
        var said = XauthAttributes.Read(reply, edge.Type, entry.Access!.Challenge);
        var passed = said is not null && edge.Users.Verify(said);
        entry = entry with { Access = entry.Access with { User = said?.User ?? Octets.Empty } };
        Await(work, entry);
        Transactions.Initiate(work, entry, TransactionPurpose.XauthStatus, TransactionEvent.Push, [XauthAttributes.Status(passed)]);
        if (!passed)
        {
            var why = said is null ? "the host gives no user" : "the user is not let in";
            work.Reject(entry.Phase1.Name, new Exchanges.Rejection.UserRefused(why));
            Refuse(work, entry, why);
        }
    }

    private static void Pass(Work work, IsakmpEntry entry)
    {
        work.Tell(new Effect.XauthEnded(entry.Own, entry.Connection, entry.Access!.User, true));
        Configure(work, entry);
    }

    /// <summary>Mode Config, where this side waits for it: the host does, and the edge device that pushes (D-186).</summary>
    [Clause("modecfg-5.1-02")]
    private static void Configure(Work work, IsakmpEntry entry)
    {
        entry = entry with { Access = entry.Access! with { Step = AccessStep.Configuration } };
        switch (Of(work, entry).ModeConfig)
        {
            case ModeConfigPolicy.IpsecHost host:
                Await(work, entry);
                if (!host.Pushed)
                {
                    Transactions.Initiate(work, entry, TransactionPurpose.ConfigurationRequest, TransactionEvent.Ask,
                        ConfigurationAnswers.Request(host));
                }

                break;
            case ModeConfigPolicy.EdgeDevice { Pushed: true } edge when Leases.Assign(work, entry, edge.Pool, null) is { } assigned:
                entry = entry with { Access = entry.Access with { Assigned = assigned } };
                Await(work, entry);
                Transactions.Initiate(
                    work, entry, TransactionPurpose.ConfigurationSet, TransactionEvent.Push, assigned.ToAttributes());
                break;
            default:
                Open(work, entry);
                break;
        }
    }

    private static void Assign(Work work, IsakmpEntry entry, AssignedConfiguration assigned)
    {
        var byUs = Of(work, entry).ModeConfig is ModeConfigPolicy.EdgeDevice;
        work.Tell(new Effect.Configured(entry.Own, entry.Connection, assigned, byUs));
        entry = entry with { Access = entry.Access! with { Assigned = assigned } };
        if (entry.Access.Step == AccessStep.Open)
        {
            work.Put(entry);
        }
        else
        {
            Open(work, entry);
        }
    }

    private static void Open(Work work, IsakmpEntry entry)
    {
        work.Stop(Timer(entry));
        Phase1Exchanges.Open(work, entry with { Access = entry.Access! with { Step = AccessStep.Open } });
    }

    /// <summary>A step begins: its time runs.</summary>
    private static void Await(Work work, IsakmpEntry entry)
    {
        work.Put(entry);
        work.Start(Timer(entry), work.Timing.AccessStep);
    }

    private static TimerId Timer(IsakmpEntry entry) => new(TimerKind.AccessExpires, entry.Own, 0);

    private static Connection Of(Work work, IsakmpEntry entry) => work.Connection(entry.Connection)!;
}
