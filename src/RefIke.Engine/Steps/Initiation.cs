using System.Net;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase1.MainMode;

namespace RefIke.Engine.Steps;

/// <summary>The owner wants a child up: under an ISAKMP SA that is there, or after a phase 1 that is begun now.</summary>
internal static class Initiation
{
    public static void Connect(Work work, string connectionName, string child, uint? replaces)
    {
        if (work.Connection(connectionName) is not { } connection || connection.Children.All(c => c.Name != child))
        {
            work.Reject(default, new Rejection.NoPolicy($"no child {child} of a connection {connectionName}"));
            return;
        }

        if (work.NewestSa(connectionName) is { } sa)
        {
            QuickModes.Initiate(work, sa, child, replaces);
            return;
        }

        var begun = work.State.Isakmp.Values.FirstOrDefault(
            e => e.Connection == connectionName && e.Established is null && e.Phase1.Role == Role.Initiator);
        if (begun is not null)
        {
            work.Put(begun with { Wanted = [.. begun.Wanted.Where(w => w.Child != child), (child, replaces)] });
            return;
        }

        Begin(work, connection, child, replaces);
    }

    private static void Begin(Work work, Connection connection, string child, uint? replaces)
    {
        var attempt = new ExchangeName(default, default, work.State.Begun);
        work.State = work.State with { Begun = work.State.Begun + 1 };
        IPEndPoint local = work.Setup.Local, remote = connection.Remote;
        var own = Cookies.Make(work.Setup, "CKY-I", attempt, local, remote);
        var turn = work.Endpoint.MainMode.Happen(
            Phase1State.Initiating(own, local, remote, MainModes.TermsOf(connection)), MainModeEvent.Initiate);
        work.Trace(turn.After.Name, turn.Taken);
        if (turn.Sent is not { } sent)
        {
            return;
        }

        work.Put(new IsakmpEntry(own, connection.Name, turn.After, local, remote)
        {
            Resending = new Resending(sent, null, 0, 0),
            Wanted = [(child, replaces)],
        });
        work.Start(new TimerId(TimerKind.Resend, own, 0), work.Timing.Gap(work.Timing, 0));
        work.Send(local, remote, sent, false);
    }
}
