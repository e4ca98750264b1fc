using RefIke.Engine.Profiles;
using RefIke.Exchanges.Phase1;

namespace RefIke.Engine.Steps;

/// <summary>What each timer does when it fires.</summary>
internal static class Timers
{
    public static void Fire(Work work, TimerId timer)
    {
        switch (timer.Kind)
        {
            case TimerKind.Resend:
                Retransmission.Fire(work, timer);
                break;
            case TimerKind.HalfOpenExpires:
                work.Stop(timer);
                if (work.State.Isakmp.TryGetValue(timer.Own.Value, out var entry))
                {
                    Phase1Exchanges.GiveUp(work, entry, Phase1Event.HalfOpenExpired);
                }

                break;
            case TimerKind.AccessExpires:
                work.Stop(timer);
                RemoteAccesses.TimedOut(work, timer.Own);
                break;
            case TimerKind.Forget:
                work.Stop(timer);
                QuickModes.Forget(work, timer);
                Transactions.Forget(work, timer);
                NewGroups.Forget(work, timer);
                break;
            case TimerKind.PairRekeys:
                work.Stop(timer);
                Rekeying.Due(work, timer.Id);
                break;
            case TimerKind.PairRetires:
                work.Stop(timer);
                Deletion.DeletePair(work, timer.Id, "a newer pair took its place");
                break;
            case TimerKind.PairExpires:
                Lifetimes.PairExpires(work, timer.Id);
                break;
            case TimerKind.IsakmpRenews:
                work.Stop(timer);
                Renewal.Due(work, timer.Own);
                break;
            case TimerKind.IsakmpRetires:
                work.Stop(timer);
                Deletion.DeleteIsakmp(work, timer.Own, "a newer ISAKMP SA took its place");
                break;
            case TimerKind.IsakmpExpires:
                Lifetimes.IsakmpExpires(work, timer.Own);
                break;
            case TimerKind.PeerSilent or TimerKind.Keepalive:
                EngineProfiles.Fired(work, timer);
                break;
            case TimerKind.FragmentsExpire:
                Fragments.Expire(work, timer);
                break;
            default:
                break;
        }
    }
}
