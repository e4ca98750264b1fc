using RefIke.Wire;

namespace RefIke.Vectors.Negative.Cases;

/// <summary>One thing done to an SA payload.</summary>
internal sealed record SaChange(string Id, string Words, Func<SecurityAssociationPayload,
    SecurityAssociationPayload> Change);

/// <summary>An SA payload with one part of it changed.</summary>
internal static class SaChanges
{
    /// <summary>The first proposal changed.</summary>
    public static SecurityAssociationPayload Proposal(this SecurityAssociationPayload sa, Func<ProposalPayload,
        ProposalPayload> change)
        => sa with { Proposals = [change(sa.Proposals[0]), .. sa.Proposals[1..]] };

    /// <summary>Each transform of the first proposal changed.</summary>
    public static SecurityAssociationPayload Each(this SecurityAssociationPayload sa, Func<TransformPayload,
        TransformPayload> change)
        => sa.Proposal(p => p with { Transforms = [.. p.Transforms.Select(change)] });

    /// <summary>Each attribute of a class changed.</summary>
    public static SecurityAssociationPayload Set(this SecurityAssociationPayload sa, ushort type, Func<DataAttribute,
        DataAttribute> change)
        => sa.Each(t => t with { Attributes = [.. t.Attributes.Select(a => a.Type == type ? change(a) : a)] });
}
