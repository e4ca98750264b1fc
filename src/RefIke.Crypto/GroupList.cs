using RefIke.Crypto.Groups;

namespace RefIke.Crypto;

/// <summary>
/// The registered groups, 1 to 30 but those without an RFC; private ones are made by <see cref="PrivateGroup"/>.
/// </summary>
public static class GroupList
{
    private static readonly Dictionary<int, Group> ByNumber =
        ModpGroups.All.Concat(SubgroupModpGroups.All).Concat(EcpGroup.All).Concat(Ec2nGroup.All)
            .ToDictionary(g => g.Number);

    /// <summary>All of them, by number.</summary>
    public static IReadOnlyList<Group> All { get; } = [.. ByNumber.Values.OrderBy(g => g.Number)];

    /// <summary>The group with this number.</summary>
    public static bool TryGet(int number, out Group? group) => ByNumber.TryGetValue(number, out group);

    /// <summary>The group with this number, which is known to be there.</summary>
    public static Group Get(int number) => ByNumber[number];
}
