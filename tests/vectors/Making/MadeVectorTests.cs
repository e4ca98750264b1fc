using RefIke.Vectors.Making;
using RefIke.Vectors.Making.Recipes;
using Xunit;

namespace RefIke.Vectors.Tests.Making;

/// <summary>RefIke's own vectors are made, not written: the same recipe gives the same file.</summary>
public sealed class MadeVectorTests
{
    public static TheoryData<string> Names => [.. RecipeBook.All.Select(r => r.Name)];

    /// <summary>
    /// Running the recipe again gives the file, octet for octet. Set REFIKE_ACCEPT=1 to write it instead, after a
    /// change that was meant; the difference then stands in the commit.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void RecipeGivesTheFile(string name)
    {
        var (made, file) = (Recorder.Run(RecipeBook.All.Single(r => r.Name == name)).Write(), VectorFolder.PathOf(name));
        if (Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1")
        {
            File.WriteAllText(file, made);
        }

        Assert.True(File.Exists(file), $"{name} has not been made yet: REFIKE_ACCEPT=1");
        Assert.Equal(File.ReadAllText(file), made);
    }

    /// <summary>Every file is either a foreign peer's or a recipe's, and every recipe has one.</summary>
    [Fact]
    public void EveryFileHasARecipeOrIsForeign()
        => Assert.Equal(VectorFolder.Exchanges.Where(v => !v.IsForeign).Select(v => v.Name),
            RecipeBook.All.Select(r => r.Name).Order(StringComparer.Ordinal));
}
