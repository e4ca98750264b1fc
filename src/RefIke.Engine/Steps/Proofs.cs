using RefIke.Engine.Profiles;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// A message of the peer was verified under an ISAKMP SA and is no copy: whoever waits for a sign of the peer hears of it.
/// </summary>
internal static class Proofs
{
    /// <summary>Nothing in the message was obeyed yet.</summary>
    public static void Verified(Work work, Cookie own)
    {
        if (work.State.Isakmp.TryGetValue(own.Value, out var entry))
        {
            InitialContact.Confirm(work, entry);
            Renewal.Spend(work, entry);
        }

        EngineProfiles.Verified(work, own);
    }

    /// <summary>The message is taken whole; the SA may have moved by it (RFC 3947 §6).</summary>
    public static IsakmpEntry Taken(Work work, IsakmpEntry parent)
    {
        Verified(work, parent.Own);
        EngineProfiles.Heard(work, parent.Own);
        return work.State.Isakmp[parent.Own.Value];
    }
}
