using System.Collections.Immutable;
using RefIke.Engine.Steps;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Engine.Profiles;

/// <summary>All profiles that have a part in the life of an ISAKMP SA, asked one after the other.</summary>
internal static class EngineProfiles
{
    private static readonly ImmutableArray<IEngineProfile> All =
        [new AddressChanges(), new Keepalives(), new DeadPeers()];

    public static void Established(Work work, Cookie own) => Ask(work, own, (profile, entry) => profile.Established(work, entry));

    public static void Verified(Work work, Cookie own) => Ask(work, own, (profile, entry) => profile.Verified(work, entry));

    public static void Heard(Work work, Cookie own) => Ask(work, own, (profile, entry) => profile.Heard(work, entry));

    public static Noticed Take(Work work, IsakmpEntry entry, ExchangeName name, NotificationPayload notify)
    {
        foreach (var profile in All)
        {
            if (profile.Take(work, entry, name, notify) is var made and not Noticed.NotMine)
            {
                return made;
            }
        }

        return Noticed.NotMine;
    }

    public static void Sent(Work work, Cookie own) => Ask(work, own, (profile, entry) => profile.Sent(work, entry));

    public static void Fired(Work work, TimerId timer)
    {
        work.Stop(timer);
        foreach (var profile in All)
        {
            profile.Fired(work, timer);
        }
    }

    /// <summary>Each in turn, with the entry as those before it have left it.</summary>
    private static void Ask(Work work, Cookie own, Action<IEngineProfile, IsakmpEntry> ask)
    {
        foreach (var profile in All)
        {
            if (work.State.Isakmp.TryGetValue(own.Value, out var entry))
            {
                ask(profile, entry);
            }
        }
    }
}
