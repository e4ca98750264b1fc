using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exchanges.Profiles;
using RefIke.Exchanges.Profiles.NatTraversal;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>
/// The policy that one side had in phase 1, as its messages show it: what it offered or chose, whom it said it was, and
/// whom it let in.
/// </summary>
internal static class Phase1Policy
{
    public static Phase1Terms Of(SideOfSa side, ExchangeType mode, Secret? preSharedKey)
    {
        var (own, peer) = side.Places;
        return new Phase1Terms(mode, Suites(side), preSharedKey ?? Secret.Of([]), Identity(side, true, own.Address),
            Identity(side, false, peer.Address))
        {
            Profiles = new ProfileSet([new NatTraversal(drafts: true)]),
            PublicKeys = new PublicKeyTerms { AddressMayDiffer = true },
        };
    }

    /// <summary>
    /// Of an initiator all that it offered with the method agreed on; of a responder what it answered. Of a responder
    /// that took nothing, no more is known than that: a suite that was not offered.
    /// </summary>
    private static ImmutableArray<Phase1Suite> Suites(SideOfSa side)
    {
        var isInitiator = side.Side == Role.Initiator;
        var offered = Read(side.First<SecurityAssociationPayload>(isInitiator, 0));
        if (offered.IsEmpty)
        {
            throw new NotInRecordException("message 1 with an SA that RefIke can read is not in the capture", true);
        }

        var answered = side.Sa.Suite;
        return isInitiator ? [.. offered.Where(s => answered is null || s.Method == answered.Method)]
            : [answered ?? NotAmong(offered)];
    }

    private static Phase1Suite NotAmong(ImmutableArray<Phase1Suite> offered)
        => SuiteNames.CipherNames.Select(c => SuiteNames.Phase1($"{c}-sha1-modp2048", 1, offered[0].Method)!)
            .First(s => !offered.Any(o => o.Cipher == s.Cipher));

    private static ImmutableArray<Phase1Suite> Read(SecurityAssociationPayload? sa)
    {
        var suites = ImmutableArray.CreateBuilder<Phase1Suite>();
        foreach (var transform in sa?.Proposals.SelectMany(p => p.Transforms) ?? [])
        {
            if (Phase1Suite.TryRead(transform, out var suite, out _))
            {
                suites.Add(suite!);
            }
        }

        return suites.ToImmutable();
    }

    /// <summary>What the ID payload says; the address, where none could be read.</summary>
    private static IdentificationPayload Identity(SideOfSa side, bool own, IPAddress address)
        => side.First<IdentificationPayload>(own, 0)
            ?? Selector.ToPayload(address, 8 * address.GetAddressBytes().Length);
}
