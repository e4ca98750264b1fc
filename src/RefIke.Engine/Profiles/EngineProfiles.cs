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

    public static void Established(Work work, IsakmpEntry entry)
    {
        foreach (var profile in All)
        {
            profile.Established(work, entry);
        }
    }

    public static void Verified(Work work, IsakmpEntry entry)
    {
        foreach (var profile in All)
        {
            profile.Verified(work, entry);
        }
    }

    public static void Heard(Work work, Cookie own)
    {
        foreach (var profile in All)
        {
            if (work.State.Isakmp.TryGetValue(own.Value, out var entry))
            {
                profile.Heard(work, entry);
            }
        }
    }

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

    public static void Sent(Work work, IsakmpEntry entry)
    {
        foreach (var profile in All)
        {
            profile.Sent(work, entry);
        }
    }

    public static void Fired(Work work, TimerId timer)
    {
        work.Stop(timer);
        foreach (var profile in All)
        {
            profile.Fired(work, timer);
        }
    }
}
