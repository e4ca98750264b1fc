namespace RefIke.Vectors.Making.Recipes;

/// <summary>All vectors that RefIke makes.</summary>
internal static class RecipeBook
{
    public static Recipe[] All { get; } =
    [
        .. FirstRecipes.All, .. MethodRecipes.All, .. AlgorithmRecipes.All, .. QuickModeRecipes.All,
        .. RemoteAccessRecipes.All, .. ProfileRecipes.All,
    ];
}
